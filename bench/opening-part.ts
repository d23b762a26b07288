/**
 * How long a visitor waits for something to play with: from opening the page, in a browser without WebGPU, to the first frame
 * with a recorded model's decode on it, and to the first decode that answers a hand.
 */
import type { Browser } from "playwright";
import type { Site } from "./browser-stations";
import { markdownTable } from "./tables";

export interface Opening {
  readonly route: "play" | "explore";
  /** Milliseconds from the start of the navigation; the median of `tries` fresh visits, nothing cached. */
  readonly firstDecodeMs: number;
  readonly answersMs: number;
  readonly tries: number;
}

const BUDGET_MS = 1_500;
const TRIES = 5;

export async function timeOpenings(browser: Browser, site: Site): Promise<Opening[]> {
  const rows: Opening[] = [];
  for (const route of ["play", "explore"] as const) {
    const visits: { readonly first: number; readonly answers: number }[] = [];
    for (let i = 0; i < TRIES; i++) visits.push(await visit(browser, `${site.url}#/${route}`));
    rows.push({
      route,
      firstDecodeMs: median(visits.map(({ first }) => first)),
      answersMs: median(visits.map(({ answers }) => answers)),
      tries: TRIES,
    });
  }
  return rows;
}

/** A visit in a context of its own: no cache, no storage. */
async function visit(browser: Browser, url: string): Promise<{ readonly first: number; readonly answers: number }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, "gpu", { get: () => undefined });
  });
  try {
    await page.goto(url, { waitUntil: "commit" });
    return await page.evaluate(async () => {
      // eslint-disable-next-line unicorn/consistent-function-scoping -- what runs in the page takes nothing along
      const nextFrame = () => new Promise((next) => requestAnimationFrame(next));
      // The picture under the probe, as bytes; null while there is none.
      // eslint-disable-next-line unicorn/consistent-function-scoping -- as above
      const decoded = () => {
        const node = document.querySelector('[aria-label="What the probe decodes to"]');
        const canvas = node instanceof HTMLCanvasElement ? node : (node?.querySelector("canvas") ?? null);
        return canvas === null || canvas.width === 0 ? null : canvas.toDataURL();
      };
      const waitFor = async (isSo: () => boolean) => {
        while (!isSo()) {
          await nextFrame();
          if (performance.now() > 60_000) throw new Error("opening: nothing to play with in a minute");
        }
        await nextFrame(); // the frame that shows it
        return performance.now();
      };
      const first = await waitFor(() => decoded() !== null);
      const before = decoded();
      // eslint-disable-next-line unicorn/consistent-function-scoping -- as above
      const probe = () => document.querySelector<HTMLInputElement>('input[type="range"][aria-roledescription]');
      await waitFor(() => probe() !== null); // the map may come a little later than the picture
      const slider = probe()!;
      slider.focus();
      for (let i = 0; i < 8; i++) slider.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", shiftKey: true, bubbles: true }));
      return { first, answers: await waitFor(() => decoded() !== before) };
    });
  } finally {
    await context.close();
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

export function openingTable(rows: readonly Opening[]): string {
  return markdownTable(
    ["from opening the page, no GPU, nothing cached", "first decode, ms", "answers a hand, ms", "asked", ""],
    rows.map(({ route, firstDecodeMs, answersMs }) => [
      `#/${route}`,
      firstDecodeMs.toFixed(0),
      answersMs.toFixed(0),
      `≤ ${BUDGET_MS}`,
      answersMs <= BUDGET_MS ? "met" : "**missed**",
    ]),
  );
}
