/**
 * `npm run bench`: builds the bench page and the app, drives a headless Chromium,
 * prints Markdown tables and writes JSON (`--out=FILE`, else `bench/results/latest.json`).
 *
 *   npm run bench -- --models=dense --batches=128 --out=FILE      only the steps of that model and batch size
 *   npm run bench -- --parts=growth,first-step,opening,map,survey,memory,app,size --engines=compiled,jax-js --backends=webgpu --seconds=10
 *
 * Only ratios within one run mean anything: machines are noisy. `options.ts` lists what may be named.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Browser } from "playwright";
import { build } from "vite";
import { traceMap, type MapTrace } from "./app-map";
import { timeFirstStep, traceApps, type FirstStep } from "./app-parts";
import { launchBrowser, serve, serveSteps, stationInPage, type Site } from "./browser-stations";
import { measureMemory } from "./memory-part";
import { timeOpenings } from "./opening-part";
import { groupsOf, growthGroups, readBrowserOptions, type BrowserOptions, type Part } from "./options";
import { emptyResult, report, withBars, type BenchResult, type SizeRow } from "./report";
import { isTimed, type Combination, type StepRow } from "./rows";
import { measureTogether } from "./schedule";
import { timeSurvey } from "./survey-part";
import { figure } from "./tables";

const ROOT = process.cwd();

export async function main(args: string[]): Promise<number> {
  const options = readBrowserOptions(args);
  const out = resolve(ROOT, options.out);
  mkdirSync(dirname(out), { recursive: true });
  let result = emptyResult(`Chromium ${await withBrowser((browser) => Promise.resolve(browser.version()))}`);
  // After each part, so that one that fails takes no hours with it.
  const keep = (more: Partial<BenchResult>) => {
    result = { ...result, ...more };
    writeFileSync(out, `${JSON.stringify(result, null, 2)}\n`);
  };
  if (isAnyWanted(options, ["steps", "growth", "memory"])) await onBenchPage(options, keep);
  if (options.parts.includes("survey")) keep({ survey: await timeSurvey() });
  if (isAnyWanted(options, ["app", "first-step", "opening", "map", "size"])) await onApp(options, keep);
  console.log(`\n${report(result)}\n\nwritten to ${options.out}`);
  return result.rows.length === 0 || result.rows.some(isTimed) ? 0 : 1;
}

function isAnyWanted({ parts }: BrowserOptions, asked: readonly Part[]): boolean {
  return asked.some((part) => parts.includes(part));
}

async function onBenchPage(options: BrowserOptions, keep: (more: Partial<BenchResult>) => void): Promise<void> {
  const { parts, seconds } = options;
  const site = await serveSteps(ROOT);
  try {
    if (parts.includes("steps")) keep(withBars(await measureGroups(site, groupsOf(options), seconds)));
    if (parts.includes("growth")) keep({ growth: await measureGroups(site, growthGroups(options), seconds) });
    if (parts.includes("memory")) keep({ memory: await withBrowser((browser) => measureMemory(browser, site)) });
  } finally {
    await site.close();
  }
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

async function onApp({ parts, backends, seconds }: BrowserOptions, keep: (more: Partial<BenchResult>) => void): Promise<void> {
  await build({ root: ROOT, logLevel: "error" });
  const site = await serve(ROOT, resolve(ROOT, "dist"));
  try {
    if (parts.includes("first-step")) {
      const firstStep: FirstStep[] = [];
      for (const backend of backends) firstStep.push(await withBrowser((browser) => timeFirstStep(browser, site, backend)));
      keep({ firstStep });
    }
    if (parts.includes("app")) keep({ app: await withBrowser((browser) => traceApps(browser, site, backends, seconds * 2000)) });
    if (parts.includes("opening")) keep({ opening: await withBrowser((browser) => timeOpenings(browser, site)) });
    if (parts.includes("map")) keep({ map: await traceMaps(site, backends, seconds * 2000) });
    if (parts.includes("size")) keep({ size: weigh() });
  } finally {
    await site.close();
  }
}

async function traceMaps({ url }: Site, backends: BrowserOptions["backends"], milliseconds: number): Promise<MapTrace[]> {
  const rows: MapTrace[] = [];
  for (const backend of backends) rows.push(await withBrowser((browser) => traceMap(browser, url, backend, milliseconds)));
  return rows;
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
