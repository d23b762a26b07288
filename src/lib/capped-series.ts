/**
 * A growing table of numbers by step that never outgrows its cap: when it is full,
 * neighbouring rows are merged into their means, so that old parts get coarser and
 * nothing is dropped. Immutable: appending gives a new series.
 */
export interface CappedSeries<Column extends string> {
  /** Rows; each covers `stride` steps or fewer. */
  readonly length: number;
  /** Steps merged into one row: 1, 2, 4, … */
  readonly stride: number;
  /** Last step a row covers. */
  readonly step: Float64Array;
  /** Mean over the steps of a row. */
  readonly columns: Readonly<Record<Column, Float32Array>>;
}
