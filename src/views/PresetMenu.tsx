/** Named experiments to start from; backend and length of the run stay as they are. */
import { BookMarked, ChevronDown } from "lucide-react";
import { useText } from "../i18n/use-text";
import { PRESET_IDS, PRESETS, type PresetId } from "../protocol/presets";
import { Menu } from "../ui/Menu";
import styles from "./PresetMenu.module.css";
import { useStores } from "./stores";

export function PresetMenu() {
  const { t } = useText("presets");
  const { t: shell } = useText("shell");
  const { draft } = useStores();
  return (
    <Menu
      label={shell("presets")}
      trigger={
        <>
          <BookMarked className={styles.icon} size={18} aria-hidden />
          <span className={styles.word}>{shell("presets")}</span>
          <ChevronDown className={styles.word} size={14} aria-hidden />
        </>
      }
      items={PRESET_IDS.map((id) => ({ id, label: t(`${id}.name`), hint: t(`${id}.note`) }))}
      onAction={(id) => draft.getState().load(PRESETS[id as PresetId])}
    />
  );
}
