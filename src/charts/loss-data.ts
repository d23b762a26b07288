/**
 * What the loss chart is given: training values by row, held-out values by
 * evaluation, in panels that each have a y axis of their own.
 *
 * Knows no store and no language: names come in as text.
 */
import type { CappedSeries } from "../lib/capped-series";

export type CurveColor = "ink" | "latent" | "decoder" | "adversarial";

/** The rows behind every training curve; `step` is the last step a row covers. */
export type LossRows = CappedSeries<string>;

export interface LossCurve {
  readonly id: string;
  readonly name: string;
  readonly color: CurveColor;
  /** One value per row, nats per image or whatever its panel is measured in. */
  readonly training: Float32Array;
  /** One value per evaluation; NaN where it was not measured. */
  readonly heldOut: readonly number[];
}

/** A value worth comparing with, drawn faintly under its name. It never widens the y range. */
export interface NamedLine {
  readonly name: string;
  readonly color: CurveColor;
  readonly value: number;
}

/** What is set, not measured, and changes by itself or by hand in the course of a run, such as an annealed β. */
export interface Guide {
  readonly id: string;
  readonly name: string;
  readonly color: CurveColor;
  /** At the update that makes this step, counted from 1. */
  readonly at: (step: number) => number;
  /** The value at the panel's upper edge, where it is drawn as an area from 0 up on a scale of its own; null on the curves' own scale, as a line. */
  readonly full: number | null;
}

export interface LossPanel {
  readonly id: string;
  /** Its part of the height, relative to the other panels. */
  readonly share: number;
  readonly curves: readonly LossCurve[];
  readonly guides?: readonly Guide[];
  readonly lines?: readonly NamedLine[];
  /** Ends of the y range that stay whatever the curves do; absent where it follows them. */
  readonly range?: readonly [low: number, high: number];
  /** A value the curves cannot go below; null where there is none. */
  readonly least: number | null;
  /** What that value is called, in full and where there is little room. One with a name is drawn, behind a break of the axis when it is far away. */
  readonly floorName: { readonly full: string; readonly short: string } | null;
  /** Least height of the y range, so that rounding noise is not blown up into hills. */
  readonly minSpan: number;
}

/** The rates that hold from `step` + 1 on. */
export interface LossRates {
  readonly step: number;
  readonly learningRate: number;
  readonly beta: number;
}

export interface LossChartData {
  readonly rows: LossRows;
  readonly heldOutSteps: readonly number[];
  readonly panels: readonly LossPanel[];
  /** The rates the run began with, and every change of them; at least one. */
  readonly rates: readonly [LossRates, ...LossRates[]];
  /** Where training stopped for good, such as a divergence; null when it did not. */
  readonly stopStep: number | null;
  readonly stepsPerEpoch: number;
  /** Step at which the run will stop by itself; null when it runs on. */
  readonly totalSteps: number | null;
}
