/**
 * Pans and zooms the map of the built app with 60,000 points and the decoder grid on,
 * while training runs: intervals between frames, the longest task of the main thread, and
 * before that, with the view at rest, how long a new snapshot's grid takes to fill.
 *
 * Fashion-MNIST, because it is the one data set with so many images. The points are codes of the model as it is when they
 * are asked for; they are painted like any others.
 */
import type { Browser, Page } from "playwright";
import { decode } from "../src/model/forward";
import { initialWeights } from "../src/model/initial-weights";
import { describeNetwork } from "../src/model/network";
import { DATASETS } from "../src/protocol/datasets";
import { DEFAULT_CONFIG } from "../src/protocol/run-config";
import type { BenchBackend } from "./engines/peer";
import { markdownTable } from "./tables";

/** Milliseconds throughout. */
export interface MapTrace {
  readonly backend: BenchBackend;
  readonly points: number;
  readonly frames: number;
  readonly frameP50: number;
  readonly frameP95: number;
  readonly longTasks: readonly number[];
  /** From the first to the last tile of a grid of 30 × 30, at the pace at which tiles of new snapshots were painted. */
  readonly gridMs: number;
  /** Of the plain pass alone: `timePlainGrid`. */
  readonly plainGridMs: number;
}

interface MapRecord {
  readonly frames: number[];
  readonly longTasks: number[];
  /** When each tile of the grid was painted. */
  readonly tiles: number[];
  isOn: boolean;
}

declare global {
  interface Window {
    benchMap: MapRecord;
  }
}

const FRAME_BAR_MS = 25;
const TASK_BAR_MS = 50;
const GRID_BAR_MS = 300;
const GRID_TILES = 900;
/** Tiles further apart belong to different snapshots. */
const GRID_PAUSE_MS = 60;
/** Encoding 60,000 images in the survey worker, beside a training run on a slow machine. */
const ENCODED_MS = 600_000;

/** Runs in the page before its own code. */
function instrument(): void {
  const record: MapRecord = { frames: [], longTasks: [], tiles: [], isOn: false };
  window.benchMap = record;
  const painted = CanvasRenderingContext2D.prototype;
  // oxlint-disable-next-line typescript/unbound-method -- called with its context below
  const { drawImage } = painted;
  painted.drawImage = function draw(this: CanvasRenderingContext2D, ...args: unknown[]) {
    // One tile of many from a strip as wide as a tile: of the grid. Other pictures are drawn whole.
    const [source, , , width] = args as [HTMLCanvasElement, number, number, number];
    if (args.length === 9 && source.width === width && this.canvas.width >= 8 * width) record.tiles.push(performance.now());
    Reflect.apply(drawImage, this, args);
  };
  new PerformanceObserver((list) => {
    if (record.isOn) for (const entry of list.getEntries()) record.longTasks.push(entry.duration);
  }).observe({ type: "longtask" });
  let previous = 0;
  const frame = (now: number) => {
    if (record.isOn && previous > 0) record.frames.push(now - previous);
    previous = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

const quantile = (values: readonly number[], q: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? Number.NaN;

/** The pace within runs of tiles without a pause, times the tiles of a grid. */
function gridTime(tiles: readonly number[]): number {
  let [spent, painted] = [0, 0];
  for (let i = 1; i < tiles.length; i++) {
    const gap = tiles[i]! - tiles[i - 1]!;
    if (gap > GRID_PAUSE_MS) continue;
    spent += gap;
    painted++;
  }
  return painted === 0 ? Number.NaN : (spent / painted) * GRID_TILES;
}

/** Asks for every training image as a point, and waits until the last has its place. */
async function showAllPoints(page: Page): Promise<number> {
  await page
    .getByRole("button", { name: /layers/i })
    .last()
    .click();
  const all = page.getByText(/^all /).last();
  const points = Number((await all.textContent())?.replaceAll(/\D/g, ""));
  await all.click();
  const progress = page.getByRole("progressbar", { name: "Encoding images" });
  await progress.waitFor({ timeout: 60_000 }).catch(() => {}); // it may be over already
  await progress.waitFor({ state: "detached", timeout: ENCODED_MS });
  await page.keyboard.press("Escape");
  return points;
}

/** Drags the map about with the middle button, and zooms in and out, in turn. */
async function wander(page: Page, milliseconds: number): Promise<void> {
  const box = await page.locator("canvas[data-drag]").boundingBox();
  if (box === null) throw new Error("traceMap: the map has no place on the page");
  const [x, y] = [box.x + box.width / 2, box.y + box.height * 0.45];
  const endAt = Date.now() + milliseconds;
  for (let t = 0; Date.now() < endAt; t += 30) {
    await page.mouse.move(x, y);
    await page.mouse.down({ button: "middle" });
    for (let i = 0; i < 30; i++) {
      await page.mouse.move(x + box.width * 0.2 * Math.sin((t + i) / 10), y + box.height * 0.2 * Math.sin((t + i) / 7));
      await page.waitForTimeout(8);
    }
    await page.mouse.up({ button: "middle" });
    for (let i = 0; i < 24; i++) {
      await page.mouse.wheel(0, i < 12 ? -60 : 60);
      await page.waitForTimeout(12);
    }
  }
}

export async function traceMap(browser: Browser, url: string, backend: BenchBackend, milliseconds: number): Promise<MapTrace> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  try {
    await page.addInitScript(instrument);
    await page.goto(`${url}#/explore?data=fashion&n=60000&backend=${backend}`);
    await page.locator('[role=status][data-phase="idle"]:not([data-backend=""])').waitFor({ timeout: 180_000 });
    const points = await showAllPoints(page);
    await page.getByRole("button", { name: "Train", exact: true }).click();
    await page.waitForFunction(
      () => Number(document.querySelector("[role=status][data-step]")?.getAttribute("data-step")) >= 5,
      undefined,
      {
        timeout: 180_000,
      },
    );
    await page.evaluate(() => (window.benchMap.tiles.length = 0));
    await page.waitForTimeout(milliseconds / 2);
    const { tiles } = await page.evaluate(() => window.benchMap);
    await page.evaluate(() => (window.benchMap.isOn = true));
    await wander(page, milliseconds);
    const { frames, longTasks } = await page.evaluate(() => window.benchMap);
    const [frameP50, frameP95] = [quantile(frames, 0.5), quantile(frames, 0.95)];
    return { backend, points, frames: frames.length, frameP50, frameP95, longTasks, gridMs: gridTime(tiles), plainGridMs: timePlainGrid() };
  } finally {
    await page.close();
  }
}

/** Milliseconds for 900 codes one by one on the plain pass of the default network, in Node with nothing beside it. */
export function timePlainGrid(): number {
  const network = describeNetwork(DEFAULT_CONFIG, DATASETS[DEFAULT_CONFIG.data].image);
  const weights = initialWeights(network, DEFAULT_CONFIG.initialiser, 1);
  const z = Float32Array.from({ length: GRID_TILES * 2 }, (_, i) => Math.sin(i) * 2);
  let least = Infinity;
  for (let round = 0; round < 5; round++) {
    const startMs = performance.now();
    for (let i = 0; i < GRID_TILES; i++) decode(network, weights, z.subarray(2 * i, 2 * i + 2), 1);
    least = Math.min(least, performance.now() - startMs); // the others warmed up
  }
  return least;
}

export function mapTable(rows: readonly MapTrace[]): string {
  const line = (name: string, pick: (row: MapTrace) => string) => [name, ...rows.map(pick)];
  return markdownTable(
    ["panning and zooming the map while training", ...rows.map(({ backend }) => backend)],
    [
      line("points", ({ points }) => points.toLocaleString("en")),
      line(`frame interval p50 / p95, ms (budget p95 ${FRAME_BAR_MS})`, (row) => `${row.frameP50.toFixed(1)} / ${row.frameP95.toFixed(1)}`),
      line(`main-thread tasks over ${TASK_BAR_MS} ms (budget 0)`, ({ longTasks }) =>
        longTasks.length === 0 ? "0" : `${longTasks.length}, longest ${Math.max(...longTasks).toFixed(0)} ms`,
      ),
      line(`decoder grid of 30 × 30, painted while training, ms (budget ${GRID_BAR_MS})`, ({ gridMs }) => gridMs.toFixed(0)),
      line("the same decoded in Node, nothing beside it, ms", ({ plainGridMs }) => plainGridMs.toFixed(0)),
    ],
  );
}
