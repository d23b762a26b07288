/** Weights, curves and code of the run as it stands; below them the way back in. */
import { useText } from "../../i18n/use-text";
import { useRun } from "../stores";
import { ExportChoices } from "./ExportChoices";
import { ImportWeights } from "./ImportWeights";
import styles from "./ExchangePanel.module.css";

export function ExchangePanel() {
  const { t } = useText("exchange");
  const hasSnapshot = useRun((state) => state.snapshot !== null);
  return (
    <div className={styles.panel}>
      <section aria-labelledby="export-title" className={styles.part}>
        <h2 id="export-title" className={styles.title}>
          {t("title")}
        </h2>
        {hasSnapshot ? <ExportChoices /> : <p className={styles.hint}>{t("notYet")}</p>}
      </section>
      <section aria-labelledby="import-title" className={styles.part}>
        <h2 id="import-title" className={styles.title}>
          {t("import.title")}
        </h2>
        <ImportWeights />
      </section>
    </div>
  );
}
