/** ELBO and importance-weighted bounds by k: a table whose last column is their chart, all on one scale. */
import { boundMarks } from "../../charts/bound-marks";
import { useText } from "../../i18n/use-text";
import { fixedText } from "../../lib/number-text";
import type { PosteriorFigures } from "../../protocol/figures";
import type { CssVariables } from "../../ui/accent";
import { Term } from "../Term";
import { DimensionBars } from "./DimensionBars";
import styles from "./FiguresPanel.module.css";

export function BoundsTable({ posterior }: { readonly posterior: PosteriorFigures }) {
  const { t } = useText("merit");
  const { elbo, reconstruction, kl, importance } = posterior;
  const marks = boundMarks(importance);
  return (
    <div className={styles.block}>
      <table className={styles.table}>
        <caption>{t("bounds.title")}</caption>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">{t("column.what")}</th>
            <th scope="col">{t("column.bound")}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">
              <Term id="elbo">{t("bounds.elbo")}</Term>
            </th>
            <td className={styles.number}>{fixedText(elbo, 2)}</td>
          </tr>
          {importance.map(({ samples, bound, standardError }, i) => {
            const { at, from, to } = marks[i]!;
            return (
              <tr key={samples}>
                <th scope="row">{i === 0 ? <FirstOf samples={samples} /> : t("bounds.row", { samples })}</th>
                <td className={styles.number}>
                  {fixedText(bound, 2)} <span className={styles.error}>{t("bounds.error", { error: fixedText(standardError, 2) })}</span>
                </td>
                <td aria-hidden>
                  <span className={styles.scale} style={{ "--at": at, "--from": from, "--to": to } as CssVariables} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className={styles.note}>
        {t("bounds.elbo")}: {t("bounds.parts", { reconstruction: fixedText(reconstruction, 2), kl: fixedText(kl, 2) })} ·{" "}
        {t("bounds.errorNote")}
      </p>
      <DimensionBars posterior={posterior} />
    </div>
  );
}

function FirstOf({ samples }: { readonly samples: number }) {
  const { t } = useText("merit");
  return (
    <>
      <Term id="iwae">{t("bounds.iwae")}</Term> {t("bounds.row", { samples })}
    </>
  );
}
