/** What the loss chart is given, from what the run store holds. */
import type { LossChartData, LossCurve, LossPanel } from "../../charts/loss-data";
import type { LossTerm, RunState } from "../../store/run-store";
import { epochSteps } from "./run-figures";

export interface CurveNames {
  readonly objective: string;
  readonly reconstruction: string;
  readonly kl: string;
  /** @param floor nats per image */
  readonly floor: (floor: { readonly train: number; readonly heldOut: number }) => LossPanel["floorName"];
}

/** What a run must hold for its curves. */
export type CurveSource = Pick<
  RunState,
  "losses" | "evaluations" | "marks" | "ready" | "config" | "options" | "phase" | "failure" | "step"
>;

/** Below these spans a y range shows rounding, not learning. */
const LEAST_SPAN = 1;
const LEAST_KL_SPAN = 0.1;

export function lossChartData(run: CurveSource, names: CurveNames): LossChartData {
  const { losses, evaluations, marks, config, options } = run;
  const curve = (id: LossTerm, name: string, color: LossCurve["color"]): LossCurve => ({
    id,
    name,
    color,
    training: losses.columns[id],
    heldOut: evaluations.map((evaluation) => evaluation[id]),
  });
  const isVae = config.model === "vae";
  const floor = run.ready?.floor ?? null;
  const upper: LossPanel = {
    id: "objective",
    share: 2.2,
    minSpan: LEAST_SPAN,
    least: floor?.train ?? 0,
    floorName: floor === null ? null : names.floor(floor),
    curves: isVae
      ? [curve("objective", names.objective, "ink"), curve("reconstruction", names.reconstruction, "decoder")]
      : [curve("reconstruction", names.reconstruction, "decoder")],
  };
  const lower: LossPanel = {
    id: "kl",
    share: 1,
    minSpan: LEAST_KL_SPAN,
    least: 0,
    floorName: null,
    curves: [curve("kl", names.kl, "latent")],
  };
  const perEpoch = epochSteps(run);
  return {
    rows: losses,
    heldOutSteps: evaluations.map(({ step }) => step),
    panels: isVae ? [upper, lower] : [upper],
    rates: [{ step: 0, learningRate: config.learningRate, beta: config.beta }, ...marks],
    stopStep: stopOf(run),
    stepsPerEpoch: perEpoch,
    totalSteps: options.epochs === null ? null : options.epochs * perEpoch,
  };
}

/** Where a failure ended the run; null while it can go on, or when it never began. */
function stopOf({ phase, failure, step }: Pick<CurveSource, "phase" | "failure" | "step">): number | null {
  if (phase !== "failed" || failure === null) return null;
  const stop = "step" in failure ? failure.step : step;
  return stop > 0 ? stop : null;
}
