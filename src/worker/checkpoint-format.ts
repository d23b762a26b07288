/** Tells a checkpoint of a run from anything else that may lie in storage, and names the place where it lies. */
import type { Checkpoint } from "../engine/trainer";
import { OPTIMISER_SLOTS } from "../model/memory";
import type { Network } from "../model/network";
import type { WeightTable } from "../protocol/messages";
import type { OptimiserKind, RunConfig } from "../protocol/run-config";

/** The same for every way of writing the same config, and nothing but the config. */
export function checkpointKey(config: RunConfig): string {
  return canonicalJson(config);
}

/**
 * Where a run that began as `config` lies in storage: under the rates now in force, as they are what the address of the
 * page says, and so what a later visit asks for.
 */
export function storageKey(config: RunConfig, { learningRate, beta }: Pick<Checkpoint, "learningRate" | "beta">): string {
  return checkpointKey({ ...config, learningRate, beta });
}

function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(",")}}`;
}

/** Whether every name is there with its size and every number is finite. */
export function isCheckpointOf(value: unknown, network: Network, optimiser: OptimiserKind): value is Checkpoint {
  if (typeof value !== "object" || value === null) return false;
  const { step, learningRate, beta, weights, slots, updates } = value as Partial<Checkpoint>;
  return (
    isCount(step) &&
    (updates === undefined || (isCount(updates?.discriminator) && isCount(updates?.generator))) &&
    isRate(learningRate) &&
    isRate(beta) &&
    hasWeights(weights, network) &&
    hasSlots(slots, network, OPTIMISER_SLOTS[optimiser])
  );
}

/** Whether the numbers of a checkpoint just made are all finite; its names are not in doubt. */
export function isFiniteCheckpoint({ weights, slots }: Checkpoint): boolean {
  return [...Object.values(weights), ...Object.values(slots)].every(areFinite);
}

export function checkpointBytes({ weights, slots }: Checkpoint): number {
  return [...Object.values(weights), ...Object.values(slots)].reduce((sum, { byteLength }) => sum + byteLength, 0);
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0;
}

function isRate(value: unknown): boolean {
  return Number.isFinite(value) && (value as number) >= 0;
}

function hasWeights(table: unknown, { parameters }: Network): boolean {
  return (
    isTable(table) &&
    Object.keys(table).length === parameters.length &&
    parameters.every(({ name, size }) => table[name]?.length === size && areFinite(table[name]))
  );
}

/** Slots are named `<parameter>.<slot>`; which slots there are is the optimiser's affair, how many is known. */
function hasSlots(table: unknown, { parameters }: Network, slotCount: number): boolean {
  if (!isTable(table) || Object.keys(table).length !== parameters.length * slotCount) return false;
  const sizes = new Map(parameters.map(({ name, size }) => [name, size]));
  return Object.entries(table).every(
    ([name, values]) => sizes.get(name.slice(0, name.lastIndexOf("."))) === values.length && areFinite(values),
  );
}

function isTable(value: unknown): value is WeightTable {
  return typeof value === "object" && value !== null && Object.values(value).every((values) => values instanceof Float32Array);
}

function areFinite(values: Float32Array): boolean {
  // A sum that overflows would need values far past any weight; one pass without a branch is the fastest look there is.
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return Number.isFinite(sum);
}
