/**
 * Runs that were trained beforehand, by this project's own engine and a committed script, so that there is a model to walk
 * through before anything has been trained and where nothing can train.
 *
 * A recording belongs to a config: whoever opens that config finds it. The files are in
 * `public/runs`, written by `scripts/record-runs.ts`.
 */
import { formatAddress, parseAddress } from "./address";
import { GAN_EPOCHS } from "./gan-presets";
import type { Material, Evaluation, LossColumns, Snapshot } from "./messages";
import type { RunConfig } from "./run-config";

export const RECORDED_IDS = [
  "digits-ae",
  "digits-vae",
  "digits-vae-16",
  "fashion-vae",
  "shapes-beta-vae",
  "emoji-vae",
  "digits-gan",
] as const;
export type RecordedId = (typeof RECORDED_IDS)[number];

/** What each was trained with, as the query of an address, and for how long. */
export const RECORDED: Readonly<Record<RecordedId, { readonly query: string; readonly epochs: number }>> = {
  "digits-ae": { query: "model=ae", epochs: 30 },
  "digits-vae": { query: "", epochs: 60 },
  "digits-vae-16": { query: "z=16", epochs: 30 },
  "fashion-vae": { query: "data=fashion&z=3", epochs: 30 },
  "shapes-beta-vae": { query: "data=shapes&enc=300,150&z=6&dec=150,300&beta=4", epochs: 40 },
  "emoji-vae": { query: "data=emoji&enc=64&z=16&dec=160", epochs: 150 },
  "digits-gan": { query: "model=gan&enc=256:lrelu&z=16&dec=256:lrelu&lr=0.0005&b1=0.5&batch=64", epochs: GAN_EPOCHS },
};

/** A recorded run, unpacked. */
export interface RecordedRun {
  readonly id: RecordedId;
  readonly config: RunConfig;
  readonly step: number;
  readonly epochs: number;
  /** The model as it ended, from half-precision weights; its `id` is 0. */
  readonly snapshot: Snapshot;
  readonly material: Material;
  readonly losses: LossColumns;
  readonly evaluations: readonly Evaluation[];
}

export function recordedConfig(id: RecordedId): RunConfig {
  return parseAddress(RECORDED[id].query).config;
}

/** The recording of a config; null where there is none. */
export function recordedFor(config: RunConfig): RecordedId | null {
  const known = found.get(config);
  if (known !== undefined) return known;
  addresses ??= new Map(RECORDED_IDS.map((id) => [formatAddress(recordedConfig(id)), id]));
  const id = addresses.get(formatAddress(config)) ?? null;
  found.set(config, id);
  return id;
}

/** Worked out when first asked. */
let addresses: ReadonlyMap<string, RecordedId> | null = null;
/** Asked at every change of a store, of the same config. */
const found = new WeakMap<RunConfig, RecordedId | null>();
