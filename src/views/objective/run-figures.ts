/**
 * Figures that follow from what the run store holds, defined once for all that show
 * them.
 *
 * The epoch of a run is the number of epochs it has completed: ⌊step / steps per
 * epoch⌋. It is 0 until the last step of the first epoch is done.
 */
import { stepsPerEpoch } from "../../protocol/run-config";
import type { LossTerm, RunState } from "../../store/run-store";

/** The worker's word where there is one: it is the one that counts. */
export function epochSteps({ ready, config }: Pick<RunState, "ready" | "config">): number {
  return ready?.stepsPerEpoch ?? stepsPerEpoch(config);
}

/** Epochs completed. */
export function completedEpochs(run: Pick<RunState, "ready" | "config" | "step">): number {
  return Math.floor(run.step / epochSteps(run));
}

/**
 * The training losses last told, nats per image; null before the first. In a very long run, where the series holds means
 * of neighbouring steps, the mean of the last few.
 */
export function lastLosses({ losses }: Pick<RunState, "losses">): Readonly<Record<LossTerm, number>> | null {
  const last = losses.length - 1;
  if (last < 0) return null;
  const { reconstruction, kl, objective } = losses.columns;
  return { reconstruction: reconstruction[last]!, kl: kl[last]!, objective: objective[last]! };
}
