/** What the codes know of the classes, beside the pixels; what the reconstructions cost, beside PCA's. */
import { useText } from "../../i18n/use-text";
import { countText, fixedText } from "../../lib/number-text";
import type { CodeFigures, PcaFigures } from "../../protocol/figures";
import { Term } from "../Term";
import { shareError } from "./share-error";
import styles from "./FiguresPanel.module.css";

interface CodesTableProps {
  readonly codes: CodeFigures;
  readonly baseline: PcaFigures | null;
  /** Held-out images that the shares were counted on. */
  readonly images: number;
}

export function CodesTable({ codes, baseline, images }: CodesTableProps) {
  const { t } = useText("merit");
  const { knnAccuracy, pixelKnnAccuracy, neighbours, referenceImages } = codes;
  const percent = (share: number) =>
    t("codes.percent", { share: fixedText(100 * share, 1), error: fixedText(100 * shareError(share, images), 1) });
  return (
    <div className={styles.block}>
      <table className={styles.table}>
        <caption>{t("codes.title")}</caption>
        <tbody>
          <tr>
            <th scope="row">
              <Term id="knn">{t("codes.knn")}</Term>
            </th>
            <td className={styles.number}>{percent(knnAccuracy)}</td>
          </tr>
          <tr>
            <th scope="row">{t("codes.pixels")}</th>
            <td className={styles.number}>{percent(pixelKnnAccuracy)}</td>
          </tr>
          {baseline !== null && <BaselineRows baseline={baseline} />}
        </tbody>
      </table>
      <p className={styles.note}>{t("codes.neighbours", { neighbours: countText(neighbours), reference: countText(referenceImages) })}</p>
      {baseline !== null && <BaselineNote baseline={baseline} />}
    </div>
  );
}

function BaselineRows({ baseline: { modelSquaredError, pcaSquaredError } }: { readonly baseline: PcaFigures }) {
  const { t } = useText("merit");
  const digits = Math.max(modelSquaredError, pcaSquaredError) < 1 ? 5 : 2; // a point has three numbers, a digit 784
  return (
    <>
      <tr>
        <th scope="row">
          <Term id="mse">{t("baseline.model")}</Term>
        </th>
        <td className={styles.number}>{fixedText(modelSquaredError, digits)}</td>
      </tr>
      <tr>
        <th scope="row">
          <Term id="pca">{t("baseline.pca")}</Term>
        </th>
        <td className={styles.number}>{fixedText(pcaSquaredError, digits)}</td>
      </tr>
    </>
  );
}

function BaselineNote({ baseline }: { readonly baseline: PcaFigures }) {
  const { t } = useText("merit");
  const { modelSquaredError, pcaSquaredError, components, explainedVariance, fittedImages } = baseline;
  const part = modelSquaredError / pcaSquaredError - 1;
  const compared = { percent: fixedText(100 * Math.abs(part), 0) };
  return (
    <p className={styles.note}>
      {pcaSquaredError > 0 && <>{part < 0 ? t("baseline.better", compared) : t("baseline.worse", compared)} </>}
      {t("baseline.fitted", {
        components: countText(components),
        share: fixedText(100 * explainedVariance, 0),
        fitted: countText(fittedImages),
      })}
    </p>
  );
}
