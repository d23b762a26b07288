/**
 * `npm run bench`: builds the bench page and the app, drives a headless Chromium,
 * prints Markdown tables and writes JSON (`--out=FILE`, else `bench/results/latest.json`).
 *
 *   npm run bench -- --models=dense --batches=128 --out=FILE      only the steps of that model and batch size
 *   npm run bench -- --parts=growth,first-step,memory,app,size --engines=compiled,jax-js --backends=webgpu --seconds=10
 *
 * Only ratios within one run mean anything: machines are noisy. `options.ts` lists what may be named.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Browser } from "playwright";
import { build } from "vite";
import { timeFirstStep, traceApps } from "./app-parts";
import { launchBrowser, serve, serveSteps, stationInPage, type Site } from "./browser-stations";
import { measureMemory } from "./memory-part";
import { groupsOf, growthGroups, readBrowserOptions, type BrowserOptions } from "./options";
import { emptyResult, report, withRows, type BenchResult, type SizeRow } from "./report";
import { isTimed, type Combination, type StepRow } from "./rows";
import { measureTogether } from "./schedule";
import { figure } from "./tables";

const ROOT = process.cwd();

export async function main(args: string[]): Promise<number> {
  const options = readBrowserOptions(args);
  let result = emptyResult(`Chromium ${await withBrowser((browser) => Promise.resolve(browser.version()))}`);
  if (["steps", "growth", "memory"].some((part) => isWanted(options, part))) result = await onBenchPage(options, result);
  if (["app", "first-step", "size"].some((part) => isWanted(options, part))) result = await onApp(options, result);
  const out = resolve(ROOT, options.out);
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, `${JSON.stringify(result, null, 2)}\n`);
  console.log(`\n${report(result)}\n\nwritten to ${options.out}`);
  return 0;
}

function isWanted({ parts }: BrowserOptions, part: string): boolean {
  return parts.some((wanted) => wanted === part);
}

async function onBenchPage(options: BrowserOptions, before: BenchResult): Promise<BenchResult> {
  const site = await serveSteps(ROOT);
  let result = before;
  try {
    if (isWanted(options, "steps")) result = withRows(result, await measureGroups(site, groupsOf(options), options.seconds));
    if (isWanted(options, "growth")) result = { ...result, growth: await measureGroups(site, growthGroups(options), options.seconds) };
    if (isWanted(options, "memory")) result = { ...result, memory: await withBrowser((browser) => measureMemory(browser, site)) };
  } finally {
    await site.close();
  }
  return result;
}

/** A browser for each group: one that has timed out leaves its GPU process busy. */
async function measureGroups(site: Site, groups: readonly (readonly Combination[])[], seconds: number): Promise<StepRow[]> {
  const rows: StepRow[] = [];
  for (const group of groups) {
    rows.push(
      ...(await withBrowser((browser) =>
        measureTogether(group, ({ backend }) => stationInPage(browser, site, backend), { seconds }, printRow),
      )),
    );
  }
  return rows;
}

function printRow(row: StepRow): void {
  const { engine, backend, model, batch, width } = row;
  const what = isTimed(row) ? `${figure(row.msPerStep)} ms per step, ${figure(row.issueMsPerStep)} to issue` : row.error;
  console.log(`${engine} ${backend} ${model}${width === null ? "" : ` ${width} wide`} batch ${batch}: ${what}`);
}

async function onApp(options: BrowserOptions, before: BenchResult): Promise<BenchResult> {
  await build({ root: ROOT, logLevel: "error" });
  const site = await serve(ROOT, resolve(ROOT, "dist"));
  const { backends, seconds } = options;
  let result = before;
  try {
    if (isWanted(options, "first-step")) {
      for (const backend of backends) {
        const row = await withBrowser((browser) => timeFirstStep(browser, site, backend));
        result = { ...result, firstStep: [...result.firstStep, row] };
      }
    }
    if (isWanted(options, "app"))
      result = { ...result, app: await withBrowser((browser) => traceApps(browser, site, backends, seconds * 2000)) };
    if (isWanted(options, "size")) result = { ...result, size: weigh() };
  } finally {
    await site.close();
  }
  return result;
}

async function withBrowser<T>(work: (browser: Browser) => Promise<T>): Promise<T> {
  const browser = await launchBrowser();
  try {
    return await work(browser);
  } finally {
    await browser.close();
  }
}

function weigh(): SizeRow[] {
  return JSON.parse(spawnSync("node", ["scripts/size.mjs", "--json"], { cwd: ROOT }).stdout.toString()) as SizeRow[];
}
