/** How a small classifier sorts generated images: which classes the generator reaches. */
import { useText } from "../../i18n/use-text";
import { countText, fixedText } from "../../lib/number-text";
import type { CoverageFigures } from "../../protocol/figures";
import type { CssVariables } from "../../ui/accent";
import { useRun } from "../stores";
import { Term } from "../Term";
import styles from "./FiguresPanel.module.css";

export function CoverageTable({ coverage: { counts, covered, draws, classifierAccuracy } }: { readonly coverage: CoverageFigures }) {
  const { t, language } = useText("merit");
  const names = useRun((state) => state.material?.classNames[language]) ?? [];
  const most = Math.max(...counts, 1);
  return (
    <div className={styles.block}>
      <p>
        <Term id="coverage">{t("coverage.covered")}</Term>: <b>{t("coverage.of", { covered, classes: counts.length })}</b>{" "}
        <span className={styles.note}>{t("coverage.note", { accuracy: fixedText(100 * classifierAccuracy, 1) })}</span>
      </p>
      <table className={styles.table}>
        <caption>{t("coverage.title")}</caption>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">{t("column.class")}</th>
            <th scope="col">{t("column.draws")}</th>
          </tr>
        </thead>
        <tbody>
          {counts.map((count, label) => (
            <tr key={names[label] ?? label}>
              <th scope="row">{names[label] ?? label}</th>
              <td className={styles.number}>
                {countText(count)} <span className={styles.error}>({fixedText((100 * count) / draws, 1)} %)</span>
              </td>
              <td aria-hidden>
                <span className={styles.bar} style={{ "--part": count / most } as CssVariables} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
