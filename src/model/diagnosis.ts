/**
 * What is measured to be wrong with a run, or not: a verdict for each check that means
 * anything for its config, with the numbers it rests on. Thresholds stand here; none
 * says anything before it can be measured.
 *
 * Holds no words: those are the views'. The numbers come from `diagnosis-measures`.
 */
import { isCrossEntropy, type RunConfig } from "../protocol/run-config";
import {
  codeSpread,
  collapse,
  coverage,
  deadUnits,
  heads,
  klGradient,
  lowerBound,
  outputMeasure,
  progress,
  saturation,
  type CodeSpreadMeasure,
  type CollapseMeasure,
  type CoverageMeasure,
  type DeadUnitsMeasure,
  type Evidence,
  type HeadsMeasure,
  type KlGradientMeasure,
  type LowerBoundMeasure,
  type OutputMeasure,
  type ProgressMeasure,
  type SaturationMeasure,
} from "./diagnosis-measures";

/** In the order in which they are told. */
export const CHECKS = [
  "kl-gradient",
  "lower-bound",
  "heads",
  "progress",
  "code-spread",
  "dead-units",
  "output-range",
  "collapse",
  "saturation",
  "coverage",
] as const;
export type Check = (typeof CHECKS)[number];

/** Which checks mean anything for runs of a config. */
export function checksOf(config: RunConfig): readonly Check[] {
  const { model, mistake, reconstruction, encoder, decoder, outputActivation } = config;
  if (model === "gan") return ["saturation", "coverage"];
  const isVae = model === "vae";
  const has: Readonly<Record<Check, boolean>> = {
    "kl-gradient": mistake === "detached-kl",
    "lower-bound": mistake === "code-mean",
    heads: isVae,
    progress: isCrossEntropy(reconstruction),
    "code-spread": !isVae,
    "dead-units": [...encoder, ...decoder].some(({ activation }) => activation === "relu"),
    "output-range": outputActivation === "tanh",
    collapse: isVae,
    saturation: false,
    coverage: false,
  };
  return CHECKS.filter((check) => has[check]);
}

interface Measures {
  readonly "kl-gradient": KlGradientMeasure;
  readonly "lower-bound": LowerBoundMeasure;
  readonly heads: HeadsMeasure;
  readonly progress: ProgressMeasure;
  readonly "code-spread": CodeSpreadMeasure;
  readonly "dead-units": DeadUnitsMeasure;
  readonly "output-range": OutputMeasure;
  readonly collapse: CollapseMeasure;
  readonly saturation: SaturationMeasure;
  readonly coverage: CoverageMeasure;
}

/** `pending`: not measured, or not yet to be judged. */
export type Verdict = "found" | "clear" | "pending";

export type Diagnosis = {
  readonly [Id in Check]: { readonly check: Id; readonly verdict: Verdict; readonly measure: Measures[Id] | null };
}[Check];

/** Share of the way to the floor that a working optimiser has behind it after `PROGRESS_STEPS`. */
const SLOW_SHARE = 0.1;
const PROGRESS_STEPS = 200;
/** Of a layer's units. In a wide layer a third may rest for good without harm. */
const DEAD_SHARE = 0.5;
/** Of the pixels. */
const OUTSIDE_SHARE = 0.01;
/** Of the images on both sides that a saturated discriminator is sure of. */
const SURE_SHARE = 0.9;
/** Fewer than this part of the classes covered is a collapse. */
const COVERED_PART = 0.8;

/** One entry for each check that `checksOf` names, in its order. */
export function diagnose(evidence: Evidence): readonly Diagnosis[] {
  return checksOf(evidence.config).map((check) => DIAGNOSE[check](evidence));
}

const DIAGNOSE: { readonly [Id in Check]: (evidence: Evidence) => Diagnosis } = {
  "kl-gradient": (run) => judge("kl-gradient", klGradient(run), ({ inObjective, ofTerm }) => inObjective === 0 && ofTerm > 0),
  "lower-bound": (run) => judge("lower-bound", lowerBound(run), ({ codeMean, codeSlope }) => codeMean < 0 && codeSlope < 0),
  heads: (run) => judge("heads", heads(run), ({ leastSigma, negativeMeans }) => leastSigma >= 1 && negativeMeans === 0),
  progress: (run) =>
    afterSteps(
      PROGRESS_STEPS,
      run,
      judge("progress", progress(run), ({ shareOfWay }) => shareOfWay < SLOW_SHARE),
    ),
  "code-spread": (run) => judge("code-spread", codeSpread(run), ({ constant }) => constant > 0),
  "dead-units": (run) => judge("dead-units", deadUnits(run.activity), ({ worst }) => worst.dead >= DEAD_SHARE * worst.units),
  "output-range": (run) => judge("output-range", outputMeasure(run.activity), (m) => m.below0 + m.above1 > OUTSIDE_SHARE),
  collapse: (run) =>
    afterSteps(
      run.stepsPerEpoch,
      run,
      judge("collapse", collapse(run), ({ collapsed }) => collapsed > 0),
    ),
  saturation: (run) => judge("saturation", saturation(run), (m) => Math.min(m.surelyFake, m.surelyReal) >= SURE_SHARE),
  coverage: (run) =>
    afterSteps(
      run.stepsPerEpoch,
      run,
      judge("coverage", coverage(run), ({ covered, classes }) => covered < COVERED_PART * classes),
    ),
};

/** What a network does before it has learnt anything is no fault of it. */
function afterSteps(steps: number, { snapshot }: Evidence, diagnosis: Diagnosis): Diagnosis {
  return diagnosis.verdict === "found" && (snapshot?.step ?? 0) < steps ? { ...diagnosis, verdict: "pending" } : diagnosis;
}

function judge<Id extends Check>(check: Id, measure: Measures[Id] | null, isFound: (measure: Measures[Id]) => boolean): Diagnosis {
  const verdict: Verdict = measure === null ? "pending" : isFound(measure) ? "found" : "clear";
  return { check, verdict, measure } as Diagnosis; // the map of `Measures` holds the two together
}
