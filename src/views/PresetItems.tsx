/** The presets in their groups, by name and a few words; the backend stays as it is, and so does a length of run that no preset has set. */
import { useText } from "../i18n/use-text";
import { PRESET_FACTS, PRESET_GROUPS, PRESET_IDS, type PresetId } from "../protocol/presets";
import MenuPanel from "../ui/MenuPanel";
import type { OverlayControl } from "../ui/Overlay";
import { loadPreset } from "./notes/load-preset";
import { useStores } from "./stores";

export function PresetItems(control: OverlayControl) {
  const { t } = useText("presets");
  const { t: shell } = useText("shell");
  const { draft } = useStores();
  return (
    <MenuPanel
      label={shell("presets")}
      sections={PRESET_GROUPS.map((group) => ({
        label: t(`menu.${group}`),
        items: PRESET_IDS.filter((id) => PRESET_FACTS[id].group === group).map((id) => ({
          id,
          label: t(`${id}.name`),
          hint: t(`${id}.note`),
          ...(PRESET_FACTS[id].corrected === undefined ? {} : { mark: t("menu.written") }),
        })),
      }))}
      onAction={(id) => loadPreset(draft, id as PresetId)}
      {...control}
    />
  );
}
