/**
 * Figures that follow from what the run store holds, defined once for all that show
 * them.
 *
 * The epoch of a run is the number of epochs it has completed: ⌊step / steps per
 * epoch⌋. It is 0 until the last step of the first epoch is done.
 */
import { ratesAt } from "../../charts/loss-marks";
import { betaAt, capacityAt } from "../../model/schedule";
import type { LossTerm } from "../../protocol/loss-terms";
import { stepsPerEpoch, type RunConfig } from "../../protocol/run-config";
import type { RateMark, RunState } from "../../store/run-store";

/** The worker's word where there is one: it is the one that counts. */
export function epochSteps({ ready, config }: Pick<RunState, "ready" | "config">): number {
  return ready?.stepsPerEpoch ?? stepsPerEpoch(config);
}

/** Epochs completed. */
export function completedEpochs(run: Pick<RunState, "ready" | "config" | "step">): number {
  return Math.floor(run.step / epochSteps(run));
}

export type Losses = Readonly<Partial<Record<LossTerm, number>>>;

/**
 * The run's terms as last told of training; null before the first. In a very long run, where the series holds means of
 * neighbouring steps, the mean of the last few.
 */
export function lastLosses({ losses }: Pick<RunState, "losses">): Losses | null {
  const last = losses.length - 1;
  if (last < 0) return null;
  return Object.fromEntries(Object.entries(losses.columns).map(([term, values]) => [term, values[last]!]));
}

/** The rates a run began with, and every change of them. */
export function ratesOf({ config, marks }: Pick<RunState, "config" | "marks">): readonly [RateMark, ...RateMark[]] {
  return [{ step: 0, learningRate: config.learningRate, beta: config.beta }, ...marks];
}

/** β of the update that makes step `step`, counted from 1: where its schedule stood then. */
export function betaOfStep(config: RunConfig, rates: ReturnType<typeof ratesOf>, step: number): number {
  return betaAt(config, ratesAt(rates, step).beta, step);
}

/** β and C of the update that was told of last; before the first, of the one to come. */
export function scheduled(run: Pick<RunState, "config" | "marks" | "losses">): { readonly beta: number; readonly capacity: number } {
  const step = run.losses.step[run.losses.length - 1] ?? 1;
  return { beta: betaOfStep(run.config, ratesOf(run), step), capacity: capacityAt(run.config, step) };
}
