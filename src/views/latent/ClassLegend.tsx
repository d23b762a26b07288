/** The classes by colour, number and name; pressing one hides or shows its points. */
import { Eye } from "lucide-react";
import type { ReactNode } from "react";
import { classColour, themeOfCard } from "../../charts/class-colours";
import { useInks } from "../../charts/ink";
import { useText } from "../../i18n/use-text";
import type { CssVariables } from "../../ui/accent";
import { IconButton } from "../../ui/IconButton";
import { usePreferences, useRun } from "../stores";
import styles from "./ClassLegend.module.css";
import { useHasClasses } from "./use-cloud";

interface ClassLegendProps {
  /** A control at the end of the row. */
  readonly children: ReactNode;
}

export function ClassLegend({ children }: ClassLegendProps) {
  const { t, language } = useText("latent");
  const classNames = useRun(({ material }) => material?.classNames) ?? null;
  const hiddenClasses = usePreferences((state) => state.hiddenClasses);
  const toggleClass = usePreferences((state) => state.toggleClass);
  const set = usePreferences((state) => state.set);
  const hasClasses = useHasClasses();
  const theme = themeOfCard(useInks().card);
  if (classNames === null || !hasClasses) return <div className={styles.legend} />;

  return (
    <fieldset className={styles.legend} aria-label={t("classes")}>
      {classNames[language].map((name, label) => (
        <button
          key={name}
          type="button"
          className={styles.class}
          aria-pressed={!hiddenClasses.includes(label)}
          onClick={() => toggleClass(label)}
        >
          <i className={styles.dot} style={{ "--class": classColour(label, theme) } as CssVariables} />
          {name === String(label) ? name : t("className", { number: label, name })}
        </button>
      ))}
      <span className={styles.end}>
        {hiddenClasses.length > 0 && (
          <IconButton label={t("showAll")} onPress={() => set({ hiddenClasses: [] })}>
            <Eye size={16} aria-hidden />
          </IconButton>
        )}
        {children}
      </span>
    </fieldset>
  );
}
