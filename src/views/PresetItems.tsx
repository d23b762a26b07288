/** The presets by name and note; backend and length of the run stay as they are. */
import { useText } from "../i18n/use-text";
import { PRESET_IDS, PRESETS, type PresetId } from "../protocol/presets";
import MenuPanel from "../ui/MenuPanel";
import type { OverlayControl } from "../ui/Overlay";
import { useStores } from "./stores";

export function PresetItems(control: OverlayControl) {
  const { t } = useText("presets");
  const { t: shell } = useText("shell");
  const { draft } = useStores();
  return (
    <MenuPanel
      label={shell("presets")}
      items={PRESET_IDS.map((id) => ({ id, label: t(`${id}.name`), hint: t(`${id}.note`) }))}
      onAction={(id) => draft.getState().load(PRESETS[id as PresetId])}
      {...control}
    />
  );
}
