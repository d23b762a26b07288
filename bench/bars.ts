/** The ratios that the compiled trainer must keep on a software adapter, and whether it does. */
import { isTimed, type StepRow, type TimedRow } from "./rows";
import type { EngineId } from "./engines/peer";
import type { ModelName } from "./models";

export interface Bar {
  readonly what: string;
  /** The compiled trainer's figure, divided by the other engine's, is at most this. */
  readonly atMost: number;
  readonly model: ModelName;
  readonly against: EngineId;
  readonly figure: "issueMsPerStep" | "msPerStep";
}

export interface JudgedBar extends Bar {
  readonly ratio: number;
  readonly isMet: boolean;
}

/** All at this batch size, on WebGPU. */
const BATCH = 128;

export const BARS: readonly Bar[] = [
  { what: "CPU to issue a step, 784-400-20", model: "dense", against: "plain-tfjs", figure: "issueMsPerStep", atMost: 1 / 50 },
  { what: "CPU to issue a step, 784-400-20", model: "dense", against: "jax-js", figure: "issueMsPerStep", atMost: 1 / 10 },
  { what: "wall time of a step, 784-400-20", model: "dense", against: "plain-tfjs", figure: "msPerStep", atMost: 1 / 5 },
  { what: "wall time of a step, 784-400-20", model: "dense", against: "jax-js", figure: "msPerStep", atMost: 0.8 },
  { what: "wall time of a step, convolutional", model: "conv", against: "plain-tfjs", figure: "msPerStep", atMost: 1 / 4 },
  { what: "wall time of a step, convolutional", model: "conv", against: "tfjs", figure: "msPerStep", atMost: 1 / 4 },
];

/** Bars of what was measured; one that could not be measured is left out. */
export function judgeBars(rows: readonly StepRow[]): JudgedBar[] {
  const timed = rows.filter(isTimed).filter(({ backend, batch, width }) => backend === "webgpu" && batch === BATCH && width === null);
  const find = (engine: EngineId, model: ModelName): TimedRow | undefined =>
    timed.find((row) => row.engine === engine && row.model === model);
  return BARS.flatMap((bar) => {
    const own = find("compiled", bar.model);
    const other = find(bar.against, bar.model);
    if (own === undefined || other === undefined) return [];
    const ratio = own[bar.figure] / other[bar.figure];
    return [{ ...bar, ratio, isMet: ratio <= bar.atMost }];
  });
}
