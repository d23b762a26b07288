/** Takes a preset, or the config of a recorded run, into the draft. */
import { presetOf } from "../../protocol/preset-of";
import { PRESET_FACTS, PRESETS, type PresetId } from "../../protocol/presets";
import type { RunConfig } from "../../protocol/run-config";
import type { DraftStore } from "../../store/draft-store";

export function loadPreset(draft: DraftStore, id: PresetId): void {
  loadConfig(draft, PRESETS[id]);
}

/** The length of the run stays the visitor's; one that came with the preset before goes with it. */
export function loadConfig(draft: DraftStore, next: RunConfig): void {
  const { config, options, load } = draft.getState();
  const own = options.epochs === suggestedEpochs(config) ? null : options.epochs;
  load(next, { ...options, epochs: suggestedEpochs(next) ?? own });
}

function suggestedEpochs(config: RunConfig): number | undefined {
  const preset = presetOf(config);
  return preset === null ? undefined : PRESET_FACTS[preset].epochs;
}
