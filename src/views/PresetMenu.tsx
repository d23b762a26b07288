/** Named experiments to start from. */
import { BookMarked, ChevronDown } from "lucide-react";
import { useText } from "../i18n/use-text";
import { Overlay } from "../ui/Overlay";
import { lazyView } from "./lazy-view";
import styles from "./PresetMenu.module.css";

const PresetItems = lazyView("presets", async () => (await import("./PresetItems")).PresetItems);

export function PresetMenu() {
  const { t } = useText("shell");
  return (
    <Overlay
      label={t("presets")}
      look="plain"
      popup="menu"
      trigger={
        <>
          <BookMarked className={styles.icon} size={18} aria-hidden />
          <span className={styles.word}>{t("presets")}</span>
          <ChevronDown className={styles.word} size={14} aria-hidden />
        </>
      }
      renderPanel={(control) => <PresetItems {...control} />}
    />
  );
}
