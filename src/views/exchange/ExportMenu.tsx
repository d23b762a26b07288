/** The run to take home, and weights to bring back. What it opens is fetched then. */
import { Download } from "lucide-react";
import { useText } from "../../i18n/use-text";
import { Popover } from "../../ui/Popover";
import { lazyView } from "../lazy-view";
import styles from "./ExportMenu.module.css";

const ExchangePanel = lazyView("exchange", async () => (await import("./ExchangePanel")).ExchangePanel);

export function ExportMenu() {
  const { t } = useText("shell");
  return (
    <Popover
      label={t("export")}
      trigger={
        <>
          <Download size={16} aria-hidden />
          <span className={styles.word}>{t("export")}</span>
        </>
      }
    >
      <ExchangePanel />
    </Popover>
  );
}
