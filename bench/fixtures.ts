/** A row of results for tests; imported by tests only. */
import type { TimedRow } from "./rows";

export function timedRow(fields: Partial<TimedRow>): TimedRow {
  return {
    engine: "compiled",
    backend: "webgpu",
    model: "dense",
    batch: 128,
    width: null,
    adapter: "google swiftshader",
    msPerStep: 100,
    issueMsPerStep: 0.1,
    dispatches: 13,
    gpuMsPerStep: null,
    stepsPerSecond: 10,
    rounds: 6,
    stepsPerRound: 9,
    firstObjective: 550,
    objective: 200,
    ...fields,
  };
}
