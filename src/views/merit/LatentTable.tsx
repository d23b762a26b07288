/** What the latent dimensions carry, and how far all codes together are from the prior. */
import { useText } from "../../i18n/use-text";
import { briefText, countText, fixedText } from "../../lib/number-text";
import type { PosteriorFigures } from "../../protocol/figures";
import type { CssVariables } from "../../ui/accent";
import { Term } from "../Term";
import styles from "./FiguresPanel.module.css";

type Translate = ReturnType<typeof useText<"merit">>["t"];

/** From the least to the greatest, or the one there is. */
function rangeText(t: Translate, values: ArrayLike<number>): string {
  const numbers = Array.from(values);
  const [least, most] = [fixedText(Math.min(...numbers), 2), fixedText(Math.max(...numbers), 2)];
  return least === most ? most : t("latent.range", { least, most });
}

export function LatentTable({ posterior }: { readonly posterior: PosteriorFigures }) {
  const { t } = useText("merit");
  const { activeUnits, klPerDimension, aggregateMean, aggregateDeviation, mmd, mmdBandwidth } = posterior;
  return (
    <div className={styles.block}>
      <table className={styles.table}>
        <caption>{t("latent.title")}</caption>
        <tbody>
          <tr>
            <th scope="row">
              <Term id="activeUnits">{t("latent.active")}</Term>
            </th>
            <td>{t("latent.activeOf", { active: countText(activeUnits), dimensions: countText(klPerDimension.length) })}</td>
          </tr>
          <tr>
            <th scope="row">
              <Term id="aggregatePosterior">{t("latent.aggregate")}</Term>
            </th>
            <td>{t("latent.moments", { means: rangeText(t, aggregateMean), deviations: rangeText(t, aggregateDeviation) })}</td>
          </tr>
          <tr>
            <th scope="row">
              <Term id="mmd">{t("latent.mmd")}</Term>
            </th>
            <td>{briefText(mmd)}</td>
          </tr>
        </tbody>
      </table>
      <p className={styles.note}>{t("latent.prior", { width: briefText(mmdBandwidth) })}</p>
      <DimensionBars posterior={posterior} />
    </div>
  );
}

/** One bar for each dimension, in their order; the numbers for those who do not see it. */
function DimensionBars({ posterior: { klPerDimension, aggregateMean, aggregateDeviation } }: { readonly posterior: PosteriorFigures }) {
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
