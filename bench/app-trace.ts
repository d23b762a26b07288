/**
 * Watches the built app train: steps per second and snapshot share as the worker
 * tells them, long tasks and frame intervals on the page's main thread, and the time
 * from a pointer event to the frame that shows its decode.
 */

import type { Browser } from "playwright";
import type { BenchBackend } from "./engines/peer";

/** Milliseconds throughout. */
interface Trace {
  readonly paces: { readonly snapshotShare: number }[];
  readonly longTasks: number[];
  readonly frames: number[];
  readonly pointer: number[];
  on: boolean;
}

declare global {
  interface Window {
    benchTrace: Trace;
  }
}

export interface AppTrace {
  readonly backend: BenchBackend;
  /** Of the run when the trace ended. */
  readonly step: number;
  readonly stepsPerSecond: number;
  readonly snapshotShare: number;
  readonly longTasks: readonly number[];
  readonly frameP50: number;
  readonly frameP95: number;
  readonly pointerP50: number;
  readonly pointerP95: number;
}

/** Runs in the page before its own code: listens in on the worker and keeps time. */
function instrument(): void {
  const trace: Trace = { paces: [], longTasks: [], frames: [], pointer: [], on: false };
  window.benchTrace = trace;
  const NativeWorker = window.Worker;
  window.Worker = class extends NativeWorker {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args);
      this.addEventListener(
        "message",
        ({ data }: MessageEvent<{ readonly type?: string; readonly pace?: Trace["paces"][number] | null } | null>) => {
          if (trace.on && data?.type === "losses" && data.pace) trace.paces.push(data.pace);
        },
      );
    }
  };
  new PerformanceObserver((list) => {
    if (trace.on) for (const entry of list.getEntries()) trace.longTasks.push(entry.duration);
  }).observe({ type: "longtask" });
  let previous = 0;
  const frame = (now: number) => {
    if (trace.on && previous > 0) trace.frames.push(now - previous);
    previous = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  const channel = new MessageChannel();
  window.addEventListener(
    "pointermove",
    (event) => {
      if (!trace.on) return;
      const { timeStamp } = event;
      // The decode is drawn in the handler or in the next frame callback; the first task after that frame sees it painted.
      requestAnimationFrame(() => {
        channel.port1.onmessage = () => trace.pointer.push(performance.now() - timeStamp);
        channel.port2.postMessage(null);
      });
    },
    { capture: true },
  );
}

const quantile = (values: readonly number[], q: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? Number.NaN;

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

export async function traceApp(browser: Browser, url: string, backend: BenchBackend, milliseconds: number): Promise<AppTrace> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(instrument);
  await page.goto(`${url}#/play?backend=${backend}`);
  await page.getByRole("button", { name: "Train", exact: true }).click();
  const status = page.locator("[role=status][data-phase]");
  await page.waitForFunction(() => Number(document.querySelector("[role=status][data-step]")?.getAttribute("data-step")) >= 5, undefined, {
    timeout: 180_000,
  });
  await page.evaluate(() => (window.benchTrace.on = true));
  const startedAt = performance.now();
  const stepBefore = Number(await status.getAttribute("data-step"));
  // Half the time alone, half with the probe dragged across the plane.
  await page.waitForTimeout(milliseconds / 2);
  const box = await page.getByRole("figure", { name: "Latent space" }).boundingBox();
  if (box === null) throw new Error("traceApp: the latent panel has no place on the page");
  const at = (t: number) => [box.x + box.width * (0.5 + 0.25 * Math.cos(t)), box.y + box.height * (0.45 + 0.25 * Math.sin(t))] as const;
  await page.mouse.move(...at(0));
  await page.mouse.down();
  const endAt = Date.now() + milliseconds / 2;
  for (let t = 0; Date.now() < endAt; t += 0.05) {
    await page.mouse.move(...at(t));
    await page.waitForTimeout(16);
  }
  await page.mouse.up();
  const trace = await page.evaluate(() => window.benchTrace);
  const step = Number(await status.getAttribute("data-step"));
  await page.close();
  return {
    backend,
    step,
    stepsPerSecond: (1000 * (step - stepBefore)) / (performance.now() - startedAt),
    snapshotShare: mean(trace.paces.map(({ snapshotShare }) => snapshotShare)),
    longTasks: trace.longTasks,
    frameP50: quantile(trace.frames, 0.5),
    frameP95: quantile(trace.frames, 0.95),
    pointerP50: quantile(trace.pointer, 0.5),
    pointerP95: quantile(trace.pointer, 0.95),
  };
}
