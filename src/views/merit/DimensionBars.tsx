/** What each latent dimension carries: one bar for each, in their order; the numbers for those who do not see it. */
import { useText } from "../../i18n/use-text";
import { fixedText } from "../../lib/number-text";
import type { PosteriorFigures } from "../../protocol/figures";
import type { CssVariables } from "../../ui/accent";
import { Term } from "../Term";
import styles from "./FiguresPanel.module.css";
import { rangeText } from "./range-text";

export function DimensionBars({
  posterior: { klPerDimension, aggregateMean, aggregateDeviation },
}: {
  readonly posterior: PosteriorFigures;
}) {
  const { t } = useText("merit");
  const most = Math.max(...klPerDimension, Number.MIN_VALUE);
  const dimensions = Array.from(klPerDimension, (kl, d) => ({
    name: `z${d + 1}`,
    kl,
    mean: aggregateMean[d]!,
    deviation: aggregateDeviation[d]!,
  }));
  return (
    <>
      <p className={styles.note}>
        <Term id="kl">{t("column.kl")}</Term> {t("latent.klBars", { range: rangeText(t, klPerDimension) })}
      </p>
      <div className={styles.bars} aria-hidden>
        {dimensions.map(({ name, kl }) => (
          <span key={name} title={`${name}: ${fixedText(kl, 3)}`} style={{ "--part": kl / most } as CssVariables} />
        ))}
      </div>
      <div className="visually-hidden">
        <table>
          <caption>{t("latent.title")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("column.dimension")}</th>
              <th scope="col">{t("column.kl")}</th>
              <th scope="col">{t("column.mean")}</th>
              <th scope="col">{t("column.deviation")}</th>
            </tr>
          </thead>
          <tbody>
            {dimensions.map(({ name, kl, mean, deviation }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{fixedText(kl, 3)}</td>
                <td>{fixedText(mean, 2)}</td>
                <td>{fixedText(deviation, 2)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
