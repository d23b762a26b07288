/** The classes by colour, number and name; pressing one hides or shows its points. */
import { classColour, themeOfCard } from "../../charts/class-colours";
import { useInks } from "../../charts/ink";
import { useText } from "../../i18n/use-text";
import type { CssVariables } from "../../ui/accent";
import { Button } from "../../ui/Button";
import { usePreferences, useRun } from "../stores";
import styles from "./ClassLegend.module.css";

export function ClassLegend() {
  const { t, language } = useText("latent");
  const classNames = useRun(({ ready }) => ready?.classNames) ?? null;
  const hiddenClasses = usePreferences((state) => state.hiddenClasses);
  const toggleClass = usePreferences((state) => state.toggleClass);
  const set = usePreferences((state) => state.set);
  const theme = themeOfCard(useInks().card);
  if (classNames === null) return <div className={styles.legend} />;

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
      {hiddenClasses.length > 0 && (
        <Button variant="quiet" onPress={() => set({ hiddenClasses: [] })}>
          {t("showAll")}
        </Button>
      )}
    </fieldset>
  );
}
