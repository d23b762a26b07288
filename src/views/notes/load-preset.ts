/** Takes a preset into the draft. */
import { presetOf } from "../../protocol/preset-of";
import { PRESET_FACTS, PRESETS, type PresetId } from "../../protocol/presets";
import type { DraftStore } from "../../store/draft-store";

/** The length of the run stays the visitor's; one that came with the preset before goes with it. */
export function loadPreset(draft: DraftStore, id: PresetId): void {
  const { config, options, load } = draft.getState();
  const before = presetOf(config);
  const suggested = before === null ? undefined : PRESET_FACTS[before].epochs;
  const own = options.epochs === suggested ? null : options.epochs;
  load(PRESETS[id], { ...options, epochs: PRESET_FACTS[id].epochs ?? own });
}
