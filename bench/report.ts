/** A whole run of the benchmark: what its JSON file holds, and the same as Markdown. */
import { readFileSync } from "node:fs";
import { mapTable, type MapTrace } from "./app-map";
import { appTable, firstStepTable, type AppTrace, type FirstStep } from "./app-parts";
import { openingTable, type Opening } from "./opening-part";
import { judgeBars, type JudgedBar } from "./bars";
import { memoryTable, type MemoryResult } from "./memory-part";
import type { StepRow } from "./rows";
import { surveyTable, type SurveyRow } from "./survey-part";
import { barTable, failureList, growthTable, stepTables } from "./tables";

export interface SizeRow {
  readonly what: string;
  readonly kib: number;
  readonly budget: number;
}

export interface BenchResult {
  readonly date: string;
  readonly browser: string;
  readonly processor: string;
  readonly rows: readonly StepRow[];
  readonly bars: readonly JudgedBar[];
  /** As `rows`, of the dense model at other widths and batch sizes. */
  readonly growth: readonly StepRow[];
  readonly app: readonly AppTrace[];
  readonly firstStep: readonly FirstStep[];
  readonly opening: readonly Opening[];
  readonly map: readonly MapTrace[];
  readonly survey: readonly SurveyRow[];
  readonly memory: MemoryResult | null;
  readonly size: readonly SizeRow[];
}

export function emptyResult(browser: string): BenchResult {
  const date = new Date().toISOString().slice(0, 10);
  return {
    date,
    browser,
    processor: processorName(),
    rows: [],
    bars: [],
    growth: [],
    app: [],
    firstStep: [],
    opening: [],
    map: [],
    survey: [],
    memory: null,
    size: [],
  };
}

export function withBars(rows: readonly StepRow[]): Pick<BenchResult, "rows" | "bars"> {
  return { rows, bars: judgeBars(rows) };
}

function processorName(): string {
  try {
    return /model name\s*:\s*(.*)/.exec(readFileSync("/proc/cpuinfo", "utf8"))?.[1] ?? process.arch;
  } catch {
    return process.arch; // not on Linux
  }
}

/** The tables of the README. */
export function report({
  browser,
  processor,
  rows,
  bars,
  growth,
  app,
  firstStep,
  opening,
  map,
  survey,
  memory,
  size,
}: BenchResult): string {
  const failures = failureList([...rows, ...growth]);
  return [
    `${browser}, ${processor}.`,
    ...(bars.length > 0 ? [barTable(bars)] : []),
    ...(rows.length > 0 ? [stepTables(rows)] : []),
    ...(growth.length > 0 ? ["Growth, wall ms per step on webgpu:", growthTable(growth)] : []),
    ...(failures === "" ? [] : [failures]),
    ...(app.length > 0 ? [appTable(app)] : []),
    ...(firstStep.length > 0 ? [firstStepTable(firstStep)] : []),
    ...(opening.length > 0 ? [openingTable(opening)] : []),
    ...(map.length > 0 ? [mapTable(map)] : []),
    ...(survey.length > 0 ? [surveyTable(survey)] : []),
    ...(memory === null ? [] : [memoryTable(memory)]),
    ...(size.length > 0 ? [size.map(({ kib, budget, what }) => `- ${what}: ${kib.toFixed(1)} KiB gz of ${budget}`).join("\n")] : []),
  ].join("\n\n");
}
