/** Results of both benchmarks as Markdown, as the README shows them. */
import type { JudgedBar } from "./bars";
import { isTimed, type StepRow, type TimedRow } from "./rows";

const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;

export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[], numbersFrom = 1): string {
  return [line(head), line(head.map((_, i) => (i < numbersFrom ? "---" : "---:"))), ...rows.map(line)].join("\n");
}

/** Three digits that count, whatever the size. */
export function figure(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value >= 1 ? value.toFixed(2) : value.toPrecision(2);
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];

/** Of one backend: wall time, issue time and GPU time, a row for each network and batch size, a column for each engine. */
export function stepTables(rows: readonly StepRow[]): string {
  return unique(rows.map(({ backend }) => backend))
    .map((backend) => backendTables(rows.filter((row) => row.backend === backend)))
    .join("\n\n");
}

function backendTables(rows: readonly StepRow[]): string {
  const { backend } = rows[0]!;
  const adapter = rows.find(isTimed)?.adapter ?? "";
  const where = adapter === "" ? backend : `${backend} (${adapter})`;
  const sections = [`**${where}**, wall ms per step:`, pivot(rows, "msPerStep")];
  if (backend === "webgpu") {
    sections.push(`${where}, CPU ms to issue a step:`, pivot(rows, "issueMsPerStep"));
    if (rows.some((row) => isTimed(row) && row.gpuMsPerStep !== null))
      sections.push("GPU ms in compute passes:", pivot(rows, "gpuMsPerStep"));
    sections.push("Dispatches of a step:", dispatchTable(rows));
  }
  return sections.join("\n\n");
}

/** One figure, engines side by side, with the first engine's ratio to each of the others. */
function pivot(rows: readonly StepRow[], key: "msPerStep" | "issueMsPerStep" | "gpuMsPerStep"): string {
  const engines = unique(rows.map(({ engine }) => engine));
  const [own, ...others] = engines;
  const compared = own === "compiled" ? others : [];
  const sizes = unique(rows.map(sizeOf));
  const valueOf = (engine: string | undefined, size: string) => {
    const row = rows.find((candidate) => candidate.engine === engine && sizeOf(candidate) === size);
    return row !== undefined && isTimed(row) ? row[key] : null;
  };
  const lines = sizes.map((size) => {
    const { model, batch } = rows.find((row) => sizeOf(row) === size)!;
    const cells = engines.map((engine) => cell(rows, engine, size, valueOf(engine, size)));
    const ratios = compared.map((other) => ratio(valueOf(own, size), valueOf(other, size)));
    return [model, String(batch), ...cells, ...ratios];
  });
  return markdownTable(["network", "batch", ...engines, ...compared.map((other) => `: ${other}`)], lines);
}

function sizeOf({ model, batch, width }: StepRow): string {
  return `${model} ${batch} ${width ?? ""}`;
}

/** A figure, or in a word why there is none. */
function cell(rows: readonly StepRow[], engine: string, size: string, value: number | null): string {
  if (value !== null) return figure(value);
  const row = rows.find((candidate) => candidate.engine === engine && sizeOf(candidate) === size);
  return row === undefined || isTimed(row) ? "–" : row.error.startsWith("timed out") ? "timed out" : "failed";
}

function ratio(own: number | null, other: number | null): string {
  return own === null || other === null ? "–" : figure(own / other);
}

function dispatchTable(rows: readonly StepRow[]): string {
  const engines = unique(rows.map(({ engine }) => engine));
  const lines = unique(rows.map(({ model }) => model)).map((model) => [
    model,
    ...engines.map((engine) =>
      String(
        rows.filter(isTimed).find((row) => row.engine === engine && row.model === model && row.dispatches !== null)?.dispatches ?? "–",
      ),
    ),
  ]);
  return markdownTable(["network", ...engines], lines);
}

/** What failed, in whole sentences, below the tables. */
export function failureList(rows: readonly StepRow[]): string {
  return rows.flatMap((row) => (isTimed(row) ? [] : [`- ${row.engine}, ${row.backend}, ${sizeOf(row).trim()}: ${row.error}`])).join("\n");
}

export function barTable(bars: readonly JudgedBar[]): string {
  const lines = bars.map(({ what, against, atMost, ratio: found, isMet }) => [
    `${what}, against ${against}`,
    fraction(found),
    `≤ ${fraction(atMost)}`,
    isMet ? "met" : "**missed**",
  ]);
  return markdownTable(["bar, at batch 128", "ratio", "asked", ""], lines);
}

function fraction(value: number): string {
  return value < 0.5 ? `1/${figure(1 / value)}` : value.toFixed(2);
}

/** Wall ms per step as the dense model grows; engines side by side. */
export function growthTable(rows: readonly StepRow[]): string {
  const timed = rows.filter(isTimed);
  const engines = unique(rows.map(({ engine }) => engine));
  const sizes = unique(rows.map(sizeOf));
  const lines = sizes.map((size) => {
    const { width, batch } = rows.find((row) => sizeOf(row) === size)!;
    const found = engines.map((engine) => timed.find((row) => row.engine === engine && sizeOf(row) === size));
    return [`784-${width}-20`, String(batch), ...found.map((row) => (row === undefined ? "–" : figure(row.msPerStep)))];
  });
  return markdownTable(["network", "batch", ...engines], lines);
}

/** PyTorch's rows and ours side by side: steps a second, with ours as multiples. */
export function torchTable(rows: readonly StepRow[]): string {
  const timed = rows.filter(isTimed);
  const engines = unique(timed.map(({ engine }) => engine));
  const find = (engine: string, size: string): TimedRow | undefined => timed.find((row) => row.engine === engine && sizeOf(row) === size);
  const lines = unique(timed.map(sizeOf)).map((size) => {
    const { model, batch } = timed.find((row) => sizeOf(row) === size)!;
    const speeds = engines.map((engine) => find(engine, size)?.stepsPerSecond);
    const own = find("compiled", size)?.stepsPerSecond;
    const eager = find("torch", size)?.stepsPerSecond;
    const times = own === undefined || eager === undefined ? "–" : figure(own / eager);
    return [model, String(batch), ...speeds.map((speed) => (speed === undefined ? "–" : figure(speed))), times];
  });
  return markdownTable(["network", "batch", ...engines.map((engine) => `${engine}, steps/s`), "compiled : torch"], lines);
}
