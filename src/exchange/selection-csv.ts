/**
 * Selected points as a table for a spreadsheet or `pandas.read_csv`: which images they
 * are, where their codes lie and how well they are reconstructed, in full precision.
 *
 * Source: RFC 4180 (lines end in CR LF; class names are quoted where they must be).
 */

export interface SelectedPoint {
  /** Within its split, from 0. */
  readonly index: number;
  readonly split: "held-out" | "train" | "draw";
  /** Null where nobody knows. */
  readonly label: number | null;
  readonly className: string | null;
  /** Posterior mean, or the code itself, `[latentDim]`. */
  readonly code: ArrayLike<number>;
  /** log σ², `[latentDim]`; null where a code is a point. */
  readonly logVar: ArrayLike<number> | null;
  /** Reconstruction loss, nats; null where it is not known. */
  readonly loss: number | null;
}

/**
 * Columns: `index`, `split`, `label`, `class`, `z1` … , `sigma1` … (σ, empty where a code is a point), `loss`.
 *
 * @param latentDim columns of the codes, whether or not there are points
 */
export function selectionCsv(points: readonly SelectedPoint[], latentDim: number): string {
  const dimensions = Array.from({ length: latentDim }, (_, d) => d);
  const header = [
    "index",
    "split",
    "label",
    "class",
    ...dimensions.map((d) => `z${d + 1}`),
    ...dimensions.map((d) => `sigma${d + 1}`),
    "loss",
  ];
  const rows = points.map(({ index, split, label, className, code, logVar, loss }) => [
    String(index),
    split,
    numberCell(label),
    textCell(className ?? ""),
    ...dimensions.map((d) => numberCell(code[d] ?? null)),
    ...dimensions.map((d) => numberCell(logVar === null ? null : Math.exp(0.5 * logVar[d]!))), // exp(½ log σ²) = σ
    numberCell(loss),
  ]);
  return [header, ...rows, []].map((cells) => cells.join(",")).join("\r\n");
}

/** The shortest text that reads back as the same number; what is not there or not finite, an empty cell. */
function numberCell(value: number | null): string {
  return value === null || !Number.isFinite(value) ? "" : String(value);
}

/** Quoted where it holds a comma, a quote or a line's end, and where a spreadsheet would take it for a formula, behind an apostrophe. */
function textCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
