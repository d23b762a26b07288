/** Of which classes a selection is, as bars with counts. */
import { useMemo } from "react";
import { classColour, themeOfCard } from "../../../charts/class-colours";
import { useInks } from "../../../charts/ink";
import { useText } from "../../../i18n/use-text";
import { countText } from "../../../lib/number-text";
import type { CssVariables } from "../../../ui/accent";
import type { ShownPoints } from "../../latent/use-cloud";
import { useRun } from "../../stores";
import { classMix } from "./picks";
import styles from "./selection.module.css";

export interface SelectionProps {
  readonly points: ShownPoints;
  /** Rising, all of them shown. */
  readonly selection: readonly number[];
}

export function ClassMix({ points, selection }: SelectionProps) {
  const { t, language } = useText("selection");
  const names = useRun(({ material }) => material?.classNames[language]) ?? [];
  const theme = themeOfCard(useInks().card);
  const counts = useMemo(() => classMix(points, selection, names.length), [points, selection, names.length]);
  if (counts === null || names.length < 2) return null;
  const most = Math.max(...counts, 1);
  const found = counts.map((count, label) => ({ count, label })).filter(({ count }) => count > 0);
  return (
    <section className={styles.part} aria-label={t("mix")}>
      <h3>{t("mix")}</h3>
      <ul className={styles.mix}>
        {found
          .toSorted((a, b) => b.count - a.count || a.label - b.label)
          .map(({ count, label }) => (
            <li key={label}>
              <span aria-hidden>{names[label]}</span>
              <span className={styles.bar} aria-hidden>
                <i style={{ "--part": count / most, background: classColour(label, theme) } as CssVariables} />
              </span>
              <b aria-hidden>{countText(count)}</b>
              <span className="visually-hidden">
                {t("mixOf", { name: names[label]!, number: countText(count), share: Math.round((100 * count) / selection.length) })}
              </span>
            </li>
          ))}
      </ul>
    </section>
  );
}
