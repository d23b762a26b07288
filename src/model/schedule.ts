/**
 * Rates that change by themselves in the course of a run: an annealed β and a
 * capacity that grows. Pure functions of config and step, the same on the page, in
 * every trainer and in the code that a run is exported as.
 *
 * Sources: linear annealing, Bowman et al. 2015, arXiv:1511.06349, section 3.1; cyclical, Fu et al. 2019, arXiv:1903.10145,
 * section 3 (a ramp for the first half of every cycle, then level); capacity, Burgess et al. 2018, arXiv:1804.03599, section 5.
 */
import type { RunConfig } from "../protocol/run-config";

type Schedule = Pick<RunConfig, "betaSchedule" | "scheduleSteps">;

/** Part of each cycle in which a cyclical β rises. */
const RISING = 0.5;

/**
 * β of the update that makes step `step`, counted from 1.
 *
 * @param beta where the schedule ends, as the config or a change in mid-run has it
 */
export function betaAt({ betaSchedule, scheduleSteps }: Schedule, beta: number, step: number): number {
  const done = Math.max(0, step - 1) / scheduleSteps;
  switch (betaSchedule) {
    case "constant":
      return beta;
    case "linear":
      return beta * Math.min(1, done);
    case "cyclical":
      return beta * Math.min(1, (done % 1) / RISING);
  }
}

/** C of the update that makes step `step`, counted from 1: from 0 to `capacity` in `scheduleSteps` steps. */
export function capacityAt({ capacity, scheduleSteps }: Pick<RunConfig, "capacity" | "scheduleSteps">, step: number): number {
  return capacity * Math.min(1, Math.max(0, step - 1) / scheduleSteps);
}
