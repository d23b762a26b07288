/**
 * What a discriminator says of real and of generated images, as two histograms over
 * one axis: the probability of being real, from 0 to 1.
 *
 * Numbers in, numbers out.
 */
import { linearScale } from "./scale";

/** Twenty bins of 0.05: the ½ that both heap up at when neither side wins is an edge between two. */
export const SCORE_BINS = 20;

/** The probability that a score stands for: the logistic function, without overflow for scores far out. */
export function probabilityOf(score: number): number {
  if (score >= 0) return 1 / (1 + Math.exp(-score));
  const odds = Math.exp(score);
  return odds / (1 + odds);
}

export interface ScoreSummary {
  /** Scores in each of `SCORE_BINS` bins of probability. */
  readonly counts: readonly number[];
  /** Those that are numbers. */
  readonly total: number;
  /** Of the probabilities; NaN where there is none. */
  readonly mean: number;
}

/** @param scores before the logistic function; what is not a number is left out */
export function summariseScores(scores: Float32Array): ScoreSummary {
  const counts = Array.from({ length: SCORE_BINS }, () => 0);
  let total = 0;
  let sum = 0;
  for (const score of scores) {
    if (Number.isNaN(score)) continue;
    const probability = probabilityOf(score);
    counts[Math.min(SCORE_BINS - 1, Math.floor(probability * SCORE_BINS))]! += 1;
    total++;
    sum += probability;
  }
  return { counts, total, mean: sum / total };
}

export interface HistogramFrame {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Beneath the bars, for the axis. */
  readonly footPx: number;
}

export interface HistogramLayout {
  /** SVG paths of the two outlines, closed along the axis. */
  readonly real: string;
  readonly generated: string;
  /** Of 0, ½ and 1. */
  readonly ticks: readonly { readonly label: string; readonly x: number }[];
  /** y of the axis. */
  readonly base: number;
}

/** Both histograms by share of their images, on one scale: there may be more of the one than of the other. */
export function layoutHistogram(
  real: ScoreSummary,
  generated: ScoreSummary,
  { widthPx, heightPx, footPx }: HistogramFrame,
): HistogramLayout {
  const base = Math.max(0, heightPx - footPx);
  const shares = [real, generated].map(({ counts, total }) => counts.map((count) => (total === 0 ? 0 : count / total)));
  const most = Math.max(...shares.flat()) || 1;
  const x = linearScale([0, SCORE_BINS], [0.5, Math.max(0.5, widthPx - 0.5)]);
  const y = linearScale([0, most], [base, 2]);
  const outline = (bins: readonly number[]) =>
    `M${place(x(0))} ${base}${bins.map((share, i) => `V${place(y(share))}H${place(x(i + 1))}`).join("")}V${base}Z`;
  const ticks = [0, 0.5, 1].map((value) => ({ label: value === 0.5 ? "½" : String(value), x: x(value * SCORE_BINS) }));
  return { real: outline(shares[0]!), generated: outline(shares[1]!), ticks, base };
}

function place(px: number): string {
  return String(Math.round(px * 100) / 100);
}
