/**
 * Which preset a config is, if any: seed and the rates that can be tuned in mid-run
 * may differ, nothing else.
 */
import { formatAddress } from "./address";
import { PRESET_IDS, PRESETS, type PresetId } from "./presets";
import type { RunConfig } from "./run-config";

/** An experiment without what may differ, as a text that is equal for equal ones. */
function kindOf(config: RunConfig): string {
  return formatAddress({ ...config, learningRate: 1, beta: 1, seed: 1 });
}

let kinds: ReadonlyMap<PresetId, string> | null = null;

/** Worked out when first asked. */
function presetKinds(): ReadonlyMap<PresetId, string> {
  kinds ??= new Map(PRESET_IDS.map((id) => [id, kindOf(PRESETS[id])]));
  return kinds;
}

/** Factors between rates, added up as logarithms; β may be 0. */
function distance(one: RunConfig, other: RunConfig): number {
  return Math.abs(Math.log(one.learningRate / other.learningRate)) + Math.abs(Math.log((one.beta + 0.01) / (other.beta + 0.01)));
}

/** Of several presets that differ in rates alone, the one with the nearest. Null when a config is no preset. */
export function presetOf(config: RunConfig): PresetId | null {
  const kind = kindOf(config);
  const candidates = PRESET_IDS.filter((id) => presetKinds().get(id) === kind);
  const byDistance = candidates.toSorted((a, b) => distance(config, PRESETS[a]) - distance(config, PRESETS[b]));
  return byDistance[0] ?? null;
}
