/** How far the run has come towards its next goal, as a part of 1. Pure. */
import type { Pace, PrepareStage } from "../../protocol/messages";

export type Progress =
  | { readonly kind: "preparing"; readonly stage: PrepareStage; readonly part: number; readonly done: number; readonly total: number }
  /** Towards the end of epoch `epoch`. */
  | { readonly kind: "training"; readonly part: number; readonly epoch: number };

export interface ProgressSource {
  readonly preparing: { readonly stage: PrepareStage; readonly done: number; readonly total: number } | null;
  readonly step: number;
  readonly stepsPerEpoch: number;
  /** Epochs wished for; null runs on. */
  readonly epochs: number | null;
  readonly pace: Pick<Pace, "stepsPerSecond"> | null;
}

/** A bar that fills faster than this only flickers. */
const LEAST_SECONDS = 3;

export function progressOf({ preparing, step, stepsPerEpoch, epochs, pace }: ProgressSource): Progress {
  if (preparing !== null) {
    const { stage, done, total } = preparing;
    return { kind: "preparing", stage, done, total, part: total > 0 ? Math.min(1, done / total) : 0 };
  }
  if (epochs !== null) return { kind: "training", epoch: epochs, part: Math.min(1, step / (epochs * stepsPerEpoch)) };
  const goal = stepsPerEpoch * epochsAhead(stepsPerEpoch, pace?.stepsPerSecond ?? 0);
  const reached = Math.floor(step / goal);
  return { kind: "training", epoch: ((reached + 1) * goal) / stepsPerEpoch, part: step / goal - reached };
}

/** 1 epoch, or 10, 100 … where epochs pass too fast to be watched. */
function epochsAhead(stepsPerEpoch: number, stepsPerSecond: number): number {
  let epochs = 1;
  while ((epochs * stepsPerEpoch) / stepsPerSecond < LEAST_SECONDS) epochs *= 10;
  return epochs;
}
