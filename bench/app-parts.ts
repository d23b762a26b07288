/**
 * What is measured on the built app rather than on one engine: its pace while it
 * trains, the time from Train to the first step, and memory over ten thousand steps.
 */
import type { Browser, Page } from "playwright";
import { traceApp, type AppTrace } from "./app-trace";
import type { Site } from "./browser-stations";
import type { BenchBackend } from "./engines/peer";
import { markdownTable } from "./tables";

export type { AppTrace };

export interface FirstStep {
  readonly backend: BenchBackend;
  readonly engine: string;
  /** From the click on Train until the page shows a finished step. */
  readonly ms: number;
}

/** A finished step within so long of pressing Train, once the page has warmed up. */
const FIRST_STEP_BAR_MS = 1_000;

const STATUS = "[role=status][data-step]";

async function openPlay(browser: Browser, { url }: Site, query: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${url}#/play?${query}`);
  return page;
}

export async function timeFirstStep(browser: Browser, site: Site, backend: BenchBackend): Promise<FirstStep> {
  const page = await openPlay(browser, site, `backend=${backend}`);
  try {
    await page.locator('[role=status][data-phase="idle"]:not([data-backend=""])').waitFor({ timeout: 120_000 });
    await page.waitForTimeout(3_000); // warm-up that goes on behind an idle page
    const ms = await page.evaluate(async (selector) => {
      const train = [...document.querySelectorAll("button")].find((button) => button.textContent.trim() === "Train");
      if (train === undefined) throw new Error("timeFirstStep: no button says Train");
      const startedAt = performance.now();
      train.click();
      while (!(Number(document.querySelector(selector)?.getAttribute("data-step")) >= 1)) {
        await new Promise((next) => setTimeout(next, 2));
        if (performance.now() - startedAt > 120_000) throw new Error("timeFirstStep: no step in two minutes");
      }
      return performance.now() - startedAt;
    }, STATUS);
    const engine = (await page.locator(STATUS).getAttribute("data-engine")) ?? "";
    return { backend, engine, ms };
  } finally {
    await page.close();
  }
}

export async function traceApps(
  browser: Browser,
  site: Site,
  backends: readonly BenchBackend[],
  milliseconds: number,
): Promise<AppTrace[]> {
  const rows: AppTrace[] = [];
  for (const backend of backends) rows.push(await traceApp(browser, site.url, backend, milliseconds));
  return rows;
}

export function appTable(app: readonly AppTrace[]): string {
  const line = (name: string, pick: (row: AppTrace) => string) => [name, ...app.map(pick)];
  return markdownTable(
    ["the app while it trains the default network", ...app.map(({ backend }) => backend)],
    [
      line("steps per second", (row) => row.stepsPerSecond.toFixed(1)),
      line("snapshots' share of training time (budget 20 %)", (row) => `${(row.snapshotShare * 100).toFixed(0)} %`),
      line("main-thread tasks over 50 ms (budget 0)", ({ longTasks }) =>
        longTasks.length === 0 ? "0" : `${longTasks.length}, longest ${Math.max(...longTasks).toFixed(0)} ms`,
      ),
      line("frame interval p50 / p95, ms (budget p95 25)", (row) => `${row.frameP50.toFixed(1)} / ${row.frameP95.toFixed(1)}`),
      line(
        "pointer to painted decode p50 / p95, ms (budget p95 50)",
        (row) => `${row.pointerP50.toFixed(1)} / ${row.pointerP95.toFixed(1)}`,
      ),
    ],
  );
}

export function firstStepTable(rows: readonly FirstStep[]): string {
  return markdownTable(
    ["from Train to the first finished step", "engine", "ms", "asked", ""],
    rows.map(({ backend, engine, ms }) => [
      backend,
      engine,
      ms.toFixed(0),
      `≤ ${FIRST_STEP_BAR_MS}`,
      ms <= FIRST_STEP_BAR_MS ? "met" : "**missed**",
    ]),
    2,
  );
}
