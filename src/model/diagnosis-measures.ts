/**
 * The quantities that a diagnosis rests on, each a pure function of what a run has
 * told: its codes, its losses, its answers to held-out images.
 *
 * Numbers only, with their sample sizes; null while they cannot be measured. Verdicts are `diagnosis`'.
 *
 * Sources: KL in closed form, Kingma & Welling 2013, arXiv:1312.6114, appendix B; saturation and mode collapse, Goodfellow 2016,
 * arXiv:1701.00160, sections 3.2.3 and 5.1.
 */
import type { CappedSeries } from "../lib/capped-series";
import { COVERED_SHARE } from "../protocol/figures";
import type { LossTerm } from "../protocol/loss-terms";
import type { Floats, Snapshot } from "../protocol/messages";
import type { RunConfig } from "../protocol/run-config";
import type { Activity, LayerActivity, OutputRange } from "./activity";
import { COLLAPSED_NATS, CONSTANT_SD } from "./collapsed";

/** What a run has told so far. */
export interface Evidence {
  readonly config: RunConfig;
  /** Pixels of an image. */
  readonly pixels: number;
  readonly stepsPerEpoch: number;
  /** Least reconstruction loss there can be, nats; 0 where it is not known. */
  readonly floor: number;
  readonly losses: CappedSeries<LossTerm>;
  readonly snapshot: Pick<Snapshot, "step" | "posteriorMean" | "posteriorLogVar" | "adversarial"> | null;
  /** β in force. */
  readonly beta: number;
  readonly activity: Activity | null;
  /** Classes of the data. */
  readonly classes: number;
}

/** Of codes z, with ½Σz² standing for a KL that the gradient does not see. */
export interface KlGradientMeasure {
  readonly images: number;
  /** Mean ½Σz², nats: of the first steps told and of the last epoch. */
  readonly first: number;
  readonly last: number;
  /** Mean length over images of the gradient by the code of what the optimiser lowers on behalf of the KL. */
  readonly inObjective: number;
  /** The same of β·½Σz², had it not been detached. */
  readonly ofTerm: number;
}

/** Per step by least squares over the last epoch. */
export interface LowerBoundMeasure {
  readonly codeMean: number;
  readonly codeSlope: number;
  readonly objective: number;
  readonly objectiveSlope: number;
  readonly steps: number;
}

export interface HeadsMeasure {
  readonly images: number;
  readonly leastSigma: number;
  /** Shares of all means and of all σ, 0 to 1. */
  readonly negativeMeans: number;
  readonly sigmasBelow1: number;
}

export interface ProgressMeasure {
  readonly step: number;
  /** Of a cross-entropy, mean over the last epoch; who knows nothing pays 1. */
  readonly bitsPerPixel: number;
  /** From 1 bit for each pixel, 0, to the floor, 1. */
  readonly shareOfWay: number;
}

export interface CodeSpreadMeasure {
  readonly images: number;
  readonly dimensions: number;
  /** Dimensions in which every image has the same code. */
  readonly constant: number;
  /** Standard deviation over images, of the widest and the narrowest dimension. */
  readonly widest: number;
  readonly narrowest: number;
}

export interface DeadUnitsMeasure {
  readonly images: number;
  readonly layers: readonly LayerActivity[];
  readonly worst: LayerActivity;
}

export interface CollapseMeasure {
  readonly images: number;
  readonly dimensions: number;
  readonly collapsed: number;
  /** Mean KL in nats of the dimension with the least and with the most. */
  readonly least: number;
  readonly most: number;
}

export interface SaturationMeasure {
  readonly images: number;
  /** Share of generated images called real with a probability below 0.01, and of real ones with one above 0.99. */
  readonly surelyFake: number;
  readonly surelyReal: number;
}

export interface CoverageMeasure {
  readonly draws: number;
  readonly classes: number;
  readonly covered: number;
  /** The commonest class and its share of the draws. */
  readonly commonest: number;
  readonly commonestShare: number;
}

export interface OutputMeasure extends OutputRange {
  readonly images: number;
}

const NONE = { posteriorMean: new Float32Array(), posteriorLogVar: null };
/** A probability that counts as being sure. */
const SURE = 0.99;

/**
 * A detached term is a constant to the optimiser, so that its gradient is 0 whatever the codes; with a gradient it would be β·z,
 * ∂(½Σz²)/∂z = z.
 */
export function klGradient({ config, losses, snapshot, stepsPerEpoch, beta }: Evidence): KlGradientMeasure | null {
  if (snapshot === null || losses.length === 0) return null;
  const { images, meanLength } = meanCodeLength(snapshot.posteriorMean, config.latentDim);
  if (images === 0) return null;
  const ofTerm = beta * meanLength;
  const last = meanOfLast(losses, "kl", stepsPerEpoch);
  return { images, first: losses.columns.kl[0]!, last, inObjective: config.mistake === "detached-kl" ? 0 : ofTerm, ofTerm };
}

function meanCodeLength(codes: Floats, latentDim: number): { images: number; meanLength: number } {
  const images = codes.length / latentDim;
  let sum = 0;
  for (let row = 0; row < images; row++) sum += Math.hypot(...codes.subarray(row * latentDim, (row + 1) * latentDim));
  return { images, meanLength: sum / images };
}

/** Null before there is a whole epoch to fit a line through. */
export function lowerBound({ losses, stepsPerEpoch }: Evidence): LowerBoundMeasure | null {
  const steps = losses.length === 0 ? 0 : losses.step[losses.length - 1]!;
  if (steps < stepsPerEpoch) return null;
  return {
    codeMean: meanOfLast(losses, "kl", stepsPerEpoch),
    codeSlope: slopeOfLast(losses, "kl", stepsPerEpoch),
    objective: meanOfLast(losses, "objective", stepsPerEpoch),
    objectiveSlope: slopeOfLast(losses, "objective", stepsPerEpoch),
    steps: stepsPerEpoch,
  };
}

/** σ = exp(½ log σ²). Null without variances. */
export function heads({ snapshot, config }: Evidence): HeadsMeasure | null {
  const { posteriorMean, posteriorLogVar } = snapshot ?? NONE;
  if (posteriorLogVar === null || posteriorMean.length === 0) return null;
  let least = Infinity;
  let sharp = 0;
  let negative = 0;
  for (let i = 0; i < posteriorMean.length; i++) {
    least = Math.min(least, posteriorLogVar[i]!);
    if (posteriorLogVar[i]! < 0) sharp++;
    if (posteriorMean[i]! < 0) negative++;
  }
  const numbers = posteriorMean.length;
  return {
    images: numbers / config.latentDim,
    leastSigma: Math.exp(least / 2),
    negativeMeans: negative / numbers,
    sigmasBelow1: sharp / numbers,
  };
}

export function progress({ losses, pixels, floor, stepsPerEpoch }: Evidence): ProgressMeasure | null {
  if (losses.length === 0) return null;
  const nothing = pixels * Math.LN2;
  const now = meanOfLast(losses, "reconstruction", stepsPerEpoch);
  return {
    step: losses.step[losses.length - 1]!,
    bitsPerPixel: now / nothing,
    shareOfWay: (nothing - now) / (nothing - floor),
  };
}

export function codeSpread({ snapshot, config: { latentDim } }: Evidence): CodeSpreadMeasure | null {
  const codes = (snapshot ?? NONE).posteriorMean;
  const images = codes.length / latentDim;
  if (images < 2) return null;
  const deviations = Array.from({ length: latentDim }, (_, d) => deviation(codes, d, latentDim));
  return {
    images,
    dimensions: latentDim,
    constant: deviations.filter((sd) => sd < CONSTANT_SD).length,
    widest: Math.max(...deviations),
    narrowest: Math.min(...deviations),
  };
}

/** Of every `stride`-th number from `first` on; two passes, so that a large mean costs no digits. */
function deviation(values: Floats, first: number, stride: number): number {
  const count = Math.ceil((values.length - first) / stride);
  let sum = 0;
  for (let i = first; i < values.length; i += stride) sum += values[i]!;
  const mean = sum / count;
  let squares = 0;
  for (let i = first; i < values.length; i += stride) squares += (values[i]! - mean) ** 2;
  return Math.sqrt(squares / count);
}

export function outputMeasure(activity: Activity | null): OutputMeasure | null {
  return activity?.output ? { ...activity.output, images: activity.images } : null;
}

export function deadUnits(activity: Activity | null): DeadUnitsMeasure | null {
  if (activity === null || activity.images === 0) return null;
  // Where shares are equal, the narrower layer misses its units more.
  const [worst] = activity.layers.toSorted((one, other) => other.dead / other.units - one.dead / one.units || one.units - other.units);
  return worst === undefined ? null : { images: activity.images, layers: activity.layers, worst };
}

/** KL_j = ½ (μ² + σ² − 1 − log σ²), averaged over images. Null without variances. */
export function collapse({ snapshot, config: { latentDim } }: Evidence): CollapseMeasure | null {
  const { posteriorMean, posteriorLogVar } = snapshot ?? NONE;
  if (posteriorLogVar === null || posteriorMean.length === 0) return null;
  const images = posteriorMean.length / latentDim;
  const kl = new Float64Array(latentDim);
  for (let i = 0; i < posteriorMean.length; i++) {
    const logVar = posteriorLogVar[i]!;
    kl[i % latentDim]! += (0.5 * (posteriorMean[i]! ** 2 + Math.exp(logVar) - 1 - logVar)) / images;
  }
  const collapsed = kl.filter((nats) => nats < COLLAPSED_NATS).length;
  return { images, dimensions: latentDim, collapsed, least: Math.min(...kl), most: Math.max(...kl) };
}

export function saturation({ snapshot }: Evidence): SaturationMeasure | null {
  const adversarial = snapshot?.adversarial ?? null;
  if (adversarial === null || adversarial.realScores.length === 0 || adversarial.fakeScores.length === 0) return null;
  // Scores stand before the logistic function, which rises: its inverse of the threshold is compared with.
  const sure = Math.log(SURE / (1 - SURE));
  const { realScores, fakeScores } = adversarial;
  return {
    images: Math.min(realScores.length, fakeScores.length),
    surelyReal: realScores.filter((score) => score > sure).length / realScores.length,
    surelyFake: fakeScores.filter((score) => score < -sure).length / fakeScores.length,
  };
}

/** Null where no classifier ships for the data. */
export function coverage({ snapshot, classes }: Evidence): CoverageMeasure | null {
  const drawn = snapshot?.adversarial?.drawClasses ?? null;
  if (drawn === null || drawn.length === 0) return null;
  const counts = new Float64Array(classes);
  for (const label of drawn) counts[label]!++;
  const most = Math.max(...counts);
  return {
    draws: drawn.length,
    classes,
    covered: counts.filter((count) => count >= COVERED_SHARE * drawn.length).length,
    commonest: counts.indexOf(most),
    commonestShare: most / drawn.length,
  };
}

/** Rows that cover the last so many steps, at least one. */
function rowsOfLast({ step, length }: CappedSeries<LossTerm>, steps: number): number {
  const last = step[length - 1]!;
  let first = length - 1;
  while (first > 0 && step[first - 1]! > last - steps) first--;
  return first;
}

/** Mean over the last so many steps; of a row that lies across their beginning all of it counts. */
export function meanOfLast(series: CappedSeries<LossTerm>, term: LossTerm, steps: number): number {
  const values = series.columns[term];
  let sum = 0;
  let count = 0;
  for (let row = rowsOfLast(series, steps); row < series.length; row++) {
    sum += values[row]! * series.count[row]!;
    count += series.count[row]!;
  }
  return sum / count;
}

/** Change per step of the line that fits the last so many steps best, by least squares; 0 where there is only one row. */
export function slopeOfLast(series: CappedSeries<LossTerm>, term: LossTerm, steps: number): number {
  const values = series.columns[term];
  const first = rowsOfLast(series, steps);
  const place = (row: number) => series.step[row]! - (series.count[row]! - 1) / 2; // the middle of its steps
  let [weight, meanStep, meanValue] = [0, 0, 0];
  for (let row = first; row < series.length; row++) {
    weight += series.count[row]!;
    meanStep += series.count[row]! * place(row);
    meanValue += series.count[row]! * values[row]!;
  }
  meanStep /= weight;
  meanValue /= weight;
  let [across, along] = [0, 0];
  for (let row = first; row < series.length; row++) {
    across += series.count[row]! * (place(row) - meanStep) * (values[row]! - meanValue);
    along += series.count[row]! * (place(row) - meanStep) ** 2;
  }
  return along === 0 ? 0 : across / along;
}
