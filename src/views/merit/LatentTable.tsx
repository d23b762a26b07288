/** How many latent dimensions are in use, and how far all codes together are from the prior. */
import { useText } from "../../i18n/use-text";
import { briefText, countText } from "../../lib/number-text";
import type { PosteriorFigures } from "../../protocol/figures";
import { Term } from "../Term";
import styles from "./FiguresPanel.module.css";
import { rangeText } from "./range-text";

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
    </div>
  );
}
