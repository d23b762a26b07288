/**
 * A growing table of numbers by step that never outgrows its cap: when it is full,
 * neighbouring rows are merged into their means, so that old parts get coarser and
 * nothing is dropped. Immutable: appending gives a new series.
 *
 * Appending does not copy what is there. Series that grow out of each other are views
 * of different lengths on the same buffers: a row, once written, is never written
 * again, and new rows go behind the longest series. Only a series that is no longer
 * the longest of its buffers (after `truncateAfter`), has outgrown them, or is merged
 * gets buffers of its own.
 */
export interface CappedSeries<Column extends string> {
  /** Rows; each covers `stride` steps or fewer. */
  readonly length: number;
  /** Rows there can be. */
  readonly cap: number;
  /** Most steps merged into one row: 1, 2, 4, … */
  readonly stride: number;
  /** Last step a row covers; rising. */
  readonly step: Float64Array;
  /** Steps a row covers. */
  readonly count: Float64Array;
  /** Mean over the steps of a row. */
  readonly columns: Readonly<Record<Column, Float32Array>>;
}

/** What is appended: one row per step, columns of one length. */
export type SeriesRows<Column extends string> = Readonly<Record<Column | "step", ArrayLike<number>>>;

const FIRST_CAPACITY = 256;

/** Rows written to the buffers that a `step` buffer stands for; only the series of that length may write behind them. */
const rowsWritten = new WeakMap<ArrayBufferLike, number>();

/** @param cap at least 4, so that half of it has room for a merged row and a new one. */
export function emptySeries<const Column extends string>(columns: readonly Column[], cap: number): CappedSeries<Column> {
  if (!(cap >= 4)) throw new RangeError(`emptySeries: cap is ${cap}, the least is 4`);
  return allocate(columns, cap, 1, Math.min(cap, FIRST_CAPACITY));
}

/** Adds rows behind the last; a step that is not after the last one is left out, so that one told twice counts once. */
export function appendRows<Column extends string>(series: CappedSeries<Column>, rows: SeriesRows<Column>): CappedSeries<Column> {
  const lastStep = series.step[series.length - 1] ?? -Infinity;
  let first = 0;
  while (first < rows.step.length && rows.step[first]! <= lastStep) first++;
  const added = rows.step.length - first;
  if (added === 0) return series;

  const roomy = makeRoom(series, added);
  const length = roomy.length + Math.ceil(added / roomy.stride);
  const longer = view(roomy, length);
  for (let row = roomy.length, from = first; row < length; row++, from += roomy.stride) {
    writeMeans(longer, row, rows, from, Math.min(from + roomy.stride, rows.step.length));
  }
  rowsWritten.set(longer.step.buffer, length);
  return longer;
}

/** The row that covers `step`: the first whose last step is not before it, else the last row; −1 when there is none. */
export function rowAt(series: CappedSeries<string>, step: number): number {
  let low = 0;
  let high = series.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (series.step[middle]! < step) low = middle + 1;
    else high = middle;
  }
  return high < 0 ? -1 : low;
}

/** Leaves out every row with a step after `step`, and so also the one merged row that lies across it: its mean cannot be taken apart. */
export function truncateAfter<Column extends string>(series: CappedSeries<Column>, step: number): CappedSeries<Column> {
  let length = series.length;
  while (length > 0 && series.step[length - 1]! > step) length--;
  return length === series.length ? series : view(series, length);
}

/** The series in buffers of its own or shared ones, with room for `added` more steps behind it. */
function makeRoom<Column extends string>(series: CappedSeries<Column>, added: number): CappedSeries<Column> {
  const wanted = series.length + Math.ceil(added / series.stride);
  if (wanted > series.cap) return merged(series, added);
  const capacity = series.step.buffer.byteLength / Float64Array.BYTES_PER_ELEMENT;
  if (wanted <= capacity && rowsWritten.get(series.step.buffer) === series.length) return series;
  const copy = allocate(columnNames(series), series.cap, series.stride, Math.min(series.cap, Math.max(wanted, 2 * capacity)));
  const all = view(copy, series.length);
  all.step.set(series.step);
  all.count.set(series.count);
  for (const column of columnNames(series)) all.columns[column].set(series.columns[column]);
  return all;
}

/**
 * The same history in at most half the rows, room for `added` more steps counted in. Short rows left by short appends are
 * joined first; the stride doubles only when that is not enough.
 */
function merged<Column extends string>(series: CappedSeries<Column>, added: number): CappedSeries<Column> {
  for (let stride = series.stride; ; stride *= 2) {
    const ends = groupEnds(series.count, stride);
    if (ends.length + Math.ceil(added / stride) > series.cap / 2) continue;
    const coarser = view(allocate(columnNames(series), series.cap, stride, series.cap), ends.length);
    ends.forEach((end, row) => writeMeans(coarser, row, { step: series.step, ...series.columns }, ends[row - 1] ?? 0, end, series.count));
    return coarser;
  }
}

/** Ends of the longest runs of neighbouring rows that cover no more than `stride` steps each. */
function groupEnds(count: Float64Array, stride: number): number[] {
  const ends: number[] = [];
  let covered = 0;
  for (let row = 0; row < count.length; row++) {
    if (covered + count[row]! > stride && row > 0) {
      ends.push(row);
      covered = 0;
    }
    covered += count[row]!;
  }
  if (count.length > 0) ends.push(count.length);
  return ends;
}

/** Writes the means of `rows[from … to)` to `row`; each of them stands for `counts[i]` steps, for one where there are no counts. */
function writeMeans<Column extends string>(
  series: CappedSeries<Column>,
  row: number,
  rows: SeriesRows<Column>,
  from: number,
  to: number,
  counts?: Float64Array,
): void {
  let steps = 0;
  for (let i = from; i < to; i++) steps += counts?.[i] ?? 1;
  series.step[row] = rows.step[to - 1]!;
  series.count[row] = steps;
  for (const column of columnNames(series)) {
    let sum = 0;
    for (let i = from; i < to; i++) sum += rows[column][i]! * (counts?.[i] ?? 1);
    series.columns[column][row] = sum / steps;
  }
}

function allocate<Column extends string>(columns: readonly Column[], cap: number, stride: number, capacity: number): CappedSeries<Column> {
  const table = Object.fromEntries(columns.map((column) => [column, new Float32Array(capacity).subarray(0, 0)]));
  const step = new Float64Array(capacity).subarray(0, 0);
  rowsWritten.set(step.buffer, 0);
  const count = new Float64Array(capacity).subarray(0, 0);
  return { length: 0, cap, stride, step, count, columns: table as Record<Column, Float32Array> };
}

/** The first `length` rows of the buffers behind `series`. */
function view<Column extends string>(series: CappedSeries<Column>, length: number): CappedSeries<Column> {
  const columns = columnNames(series).map((column) => [column, new Float32Array(series.columns[column].buffer, 0, length)]);
  return {
    ...series,
    length,
    step: new Float64Array(series.step.buffer, 0, length),
    count: new Float64Array(series.count.buffer, 0, length),
    columns: Object.fromEntries(columns) as Record<Column, Float32Array>,
  };
}

function columnNames<Column extends string>(series: CappedSeries<Column>): Column[] {
  return Object.keys(series.columns) as Column[];
}
