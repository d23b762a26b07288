/** A row of results for each combination: medians over its rounds, or why there are none. */
import type { BenchBackend, EngineId } from "./engines/peer";
import type { ModelName } from "./models";
import type { Opened, Round } from "./station";

export interface Combination {
  readonly engine: EngineId;
  readonly backend: BenchBackend;
  readonly model: ModelName;
  readonly batch: number;
  /** Hidden units in place of the dense model's 400. */
  readonly width: number | null;
}

export interface StepTimes {
  readonly adapter: string;
  /** Medians over the rounds: wall time, and main-thread time to issue one step by itself. */
  readonly msPerStep: number;
  readonly issueMsPerStep: number;
  /** Compute dispatches one step issues; null where there is no GPU, or where counting them would take minutes. */
  readonly dispatches: number | null;
  /** Median time in compute passes by the GPU's own clock, never above `msPerStep`; null where no round tells it (`passTime`). */
  readonly gpuMsPerStep: number | null;
  readonly stepsPerSecond: number;
  readonly rounds: number;
  readonly stepsPerRound: number;
  readonly firstObjective: number;
  readonly objective: number;
}

/** Where a row comes from: ours, or PyTorch's of `scripts/bench-torch.py`. */
export type Identity = Omit<Combination, "engine" | "backend"> & { readonly engine: string; readonly backend: string };
export type StepRow = Identity & (StepTimes | { readonly error: string });
export type TimedRow = Identity & StepTimes;

export function isTimed(row: StepRow): row is TimedRow {
  return !("error" in row);
}

/** The lower one of the two in the middle. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length / 2) - 1] ?? Number.NaN;
}

/** A loss that is not finite, or has not fallen, is no training step: the row then says so instead. */
export function stepRow(
  combination: Combination,
  { adapter, dispatches, firstObjective, stepsPerRound }: Opened,
  rounds: readonly Round[],
): StepRow {
  const objective = rounds.at(-1)!.objective;
  // Not `>=`, which lets NaN through.
  if (!(objective < firstObjective)) return { ...combination, error: `the objective went from ${firstObjective} to ${objective}` };
  const msPerStep = median(rounds.map((round) => round.msPerStep));
  return {
    ...combination,
    adapter,
    msPerStep,
    issueMsPerStep: median(rounds.map((round) => round.issueMsPerStep)),
    dispatches,
    gpuMsPerStep: passTime(rounds, msPerStep),
    stepsPerSecond: 1000 / msPerStep,
    rounds: rounds.length,
    stepsPerRound,
    firstObjective,
    objective,
  };
}

/** Of the rounds that were not busier while the GPU's clock ran than while the wall's did: those steps are not the same ones. */
function passTime(rounds: readonly Round[], msPerStep: number): number | null {
  const told = median(
    rounds.flatMap(({ gpuMsPerStep, msPerStep: wall }) => (gpuMsPerStep !== null && gpuMsPerStep <= wall ? gpuMsPerStep : [])),
  );
  return told <= msPerStep ? told : null; // NaN of no rounds is null too
}
