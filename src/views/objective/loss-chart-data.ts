/** What the loss chart is given, from what the run store holds: which curves share a panel, in every family. */
import type { CurveColor, Guide, LossChartData, LossCurve, LossPanel, NamedLine } from "../../charts/loss-data";
import { capacityAt } from "../../model/schedule";
import { DATASETS, pixelCount } from "../../protocol/datasets";
import type { LossTerm } from "../../protocol/loss-terms";
import type { RunState } from "../../store/run-store";
import { chargeOf, weightName } from "./charge";
import { betaOfStep, epochSteps, ratesOf } from "./run-figures";

export interface CurveNames {
  readonly term: Readonly<Record<LossTerm, string>>;
  readonly beta: string;
  readonly capacity: string;
  /** Of either side of a game, what it has to lose when it is a draw. */
  readonly equilibrium: { readonly discriminator: string; readonly generator: string };
  readonly undecided: string;
  /** @param floor nats per image */
  readonly floor: (floor: { readonly train: number; readonly heldOut: number }) => LossPanel["floorName"];
  /** What a Gaussian likelihood gives a perfect copy. */
  readonly gaussianFloor: (floor: number) => LossPanel["floorName"];
}

/** What a run must hold for its curves. */
export type CurveSource = Pick<
  RunState,
  "losses" | "evaluations" | "marks" | "ready" | "config" | "options" | "phase" | "failure" | "step"
>;

type MakeCurve = (id: LossTerm, color: CurveColor) => LossCurve;

/** Below these spans a y range shows rounding, not learning. */
const LEAST_SPAN = 1;
const LEAST_KL_SPAN = 0.1;

export function lossChartData(run: CurveSource, names: CurveNames): LossChartData {
  const { losses, evaluations, config, options } = run;
  const curve: MakeCurve = (id, color) => ({
    id,
    name: names.term[id],
    color,
    training: losses.columns[id],
    heldOut: evaluations.map((evaluation) => evaluation[id] ?? Number.NaN),
  });
  const perEpoch = epochSteps(run);
  return {
    rows: losses,
    heldOutSteps: evaluations.map(({ step }) => step),
    panels: config.model === "gan" ? gamePanels(run, names, curve) : objectivePanels(run, names, curve),
    rates: ratesOf(run),
    stopStep: stopOf(run),
    stepsPerEpoch: perEpoch,
    totalSteps: options.epochs === null ? null : options.epochs * perEpoch,
  };
}

/** What is minimised, and beneath it on a scale of its own what β weighs. */
function objectivePanels(run: CurveSource, names: CurveNames, curve: MakeCurve): LossPanel[] {
  const { config } = run;
  const charge = chargeOf(config);
  const isBounded = charge?.kind !== "codeMean";
  const upper: LossPanel = {
    id: "objective",
    share: 2.2,
    minSpan: LEAST_SPAN,
    ...(isBounded ? floorOf(run, names) : { least: null, floorName: null }),
    curves: charge === null ? [curve("reconstruction", "decoder")] : [curve("objective", "ink"), curve("reconstruction", "decoder")],
  };
  if (charge === null) return [upper];
  const lower: LossPanel = {
    id: "kl",
    share: charge.term === "penalty" ? 1.6 : 1, // twice the curves, and a name at the end of each
    minSpan: LEAST_KL_SPAN,
    least: isBounded ? 0 : null,
    floorName: null,
    guides: guidesOf(run, names),
    curves: charge.term === "penalty" ? [curve("kl", "latent"), curve("penalty", "ink")] : [curve("kl", "latent")],
  };
  return [upper, lower];
}

/** What a reconstruction loss cannot go below, and its name where that is news. */
function floorOf({ config, ready }: CurveSource, names: CurveNames): Pick<LossPanel, "least" | "floorName"> {
  if (config.reconstruction === "gaussian") {
    const least = pixelCount(DATASETS[config.data].image) * 0.5 * Math.log(2 * Math.PI * config.sigma ** 2);
    return { least, floorName: names.gaussianFloor(least) };
  }
  const floor = ready?.floor ?? null;
  return { least: floor?.train ?? 0, floorName: floor === null ? null : names.floor(floor) };
}

/** β where it changes, by schedule or by hand; C where there is one. */
function guidesOf({ config, marks }: CurveSource, names: CurveNames): Guide[] {
  const rates = ratesOf({ config, marks });
  const full = Math.max(...rates.map(({ beta }) => beta));
  const isConstant = config.betaSchedule === "constant" && rates.every(({ beta }) => beta === full);
  const beta: Guide = { id: "beta", name: names.beta, color: "latent", full, at: (step) => betaOfStep(config, rates, step) };
  const capacity: Guide = { id: "capacity", name: names.capacity, color: "latent", full: null, at: (step) => capacityAt(config, step) };
  return [...(isConstant ? [] : [beta]), ...(weightName(config) === "gamma" ? [capacity] : [])];
}

/** The two losses, and how often the discriminator takes either kind of image for real. */
function gamePanels({ config }: CurveSource, names: CurveNames, curve: MakeCurve): LossPanel[] {
  return [
    {
      id: "game",
      share: 1.3,
      minSpan: LEAST_SPAN,
      least: null,
      floorName: null,
      lines: equilibriumOf(config, names),
      curves: [curve("discriminator", "adversarial"), curve("generator", "decoder")],
    },
    {
      id: "scores",
      share: 1,
      minSpan: 1,
      range: [0, 1],
      least: null,
      floorName: null,
      lines: [{ name: names.undecided, color: "adversarial", value: undecided(config) }],
      curves: [curve("realScore", "adversarial"), curve("fakeScore", "decoder")],
    },
  ];
}

/** What the best discriminator says of an image where real and generated ones are alike; Goodfellow et al. 2014, section 4.1. */
function undecided({ ganLoss, labelSmoothing }: RunState["config"]): number {
  return ganLoss === "hinge" ? 0.5 : (1 - labelSmoothing) / 2;
}

/** 2 log 2 and log 2 without smoothing: the losses where the discriminator can do no better than `undecided`. */
function equilibriumOf(config: RunState["config"], { equilibrium }: CurveNames): NamedLine[] {
  if (config.ganLoss === "hinge") return [];
  const p = undecided(config);
  const smoothing = config.labelSmoothing;
  const discriminator = -(1 - smoothing) * Math.log(p) - (1 + smoothing) * Math.log(1 - p);
  return [
    { name: equilibrium.discriminator, color: "adversarial", value: discriminator },
    { name: equilibrium.generator, color: "decoder", value: -Math.log(p) },
  ];
}

/** Where a failure ended the run; null while it can go on, or when it never began. */
function stopOf({ phase, failure, step }: Pick<CurveSource, "phase" | "failure" | "step">): number | null {
  if (phase !== "failed" || failure === null) return null;
  const stop = "step" in failure ? failure.step : step;
  return stop > 0 ? stop : null;
}
