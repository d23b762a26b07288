/** How many of the draws a classifier puts into each class, and how many classes that covers. */
import { useMemo } from "react";
import { classColour, themeOfCard } from "../../charts/class-colours";
import { useInks } from "../../charts/ink";
import { useText } from "../../i18n/use-text";
import { countText } from "../../lib/number-text";
import type { CssVariables } from "../../ui/accent";
import { useRun } from "../stores";
import { classCoverage, LEAST_SHARE } from "./class-coverage";
import styles from "./GamePanel.module.css";

interface CoverageBarsProps {
  readonly drawClasses: Uint8Array;
  /** Share of held-out images that the classifier gets right; null where nobody knows. */
  readonly accuracy: number | null;
}

const percentText = (share: number) => `${Math.round(share * 1000) / 10} %`;

export function CoverageBars({ drawClasses, accuracy }: CoverageBarsProps) {
  const { t, language } = useText("adversary");
  const names = useRun(({ material }) => material?.classNames[language]) ?? [];
  const theme = themeOfCard(useInks().card);
  const { counts, draws, covered } = useMemo(() => classCoverage(drawClasses, names.length), [drawClasses, names.length]);
  const most = Math.max(...counts, 1);
  const floor: CssVariables = { "--least": Math.min(1, (LEAST_SHARE * draws) / most) };
  return (
    <figure className={styles.coverage} aria-label={t("coverage")}>
      <figcaption className={styles.head}>
        <b className={styles.title}>{t("covered", { covered, classes: names.length })}</b>
        <span>
          {t("coveredOf", { draws: countText(draws), least: percentText(LEAST_SHARE) })}
          {accuracy !== null && <> · {t("classifier", { accuracy: percentText(accuracy) })}</>}
        </span>
      </figcaption>
      <ul className={styles.bars} style={floor}>
        {counts.map((count, label) => (
          <li key={names[label]} className={styles.bar} title={t("classCount", { name: names[label]!, number: countText(count) })}>
            <span className={styles.column} aria-hidden>
              <i style={{ "--part": count / most, background: classColour(label, theme) } as CssVariables} />
            </span>
            <span className={styles.number} aria-hidden>
              {label}
            </span>
            <span className="visually-hidden">{t("classCount", { name: names[label]!, number: countText(count) })}</span>
          </li>
        ))}
      </ul>
    </figure>
  );
}
