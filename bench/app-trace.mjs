/**
 * Watches the built app train: steps per second and snapshot share as the worker
 * tells them, long tasks and frame intervals on the page's main thread, and the time
 * from a pointer event to the frame that shows its decode.
 */

/** Runs in the page before its own code: listens in on the worker and keeps time. */
function instrument() {
  const trace = { paces: [], longTasks: [], frames: [], pointer: [], on: false };
  window.benchTrace = trace;
  const NativeWorker = window.Worker;
  window.Worker = class extends NativeWorker {
    constructor(...args) {
      super(...args);
      this.addEventListener("message", ({ data }) => {
        if (trace.on && data?.type === "losses" && data.pace !== null) trace.paces.push(data.pace);
      });
    }
  };
  new PerformanceObserver((list) => {
    if (trace.on) for (const entry of list.getEntries()) trace.longTasks.push(entry.duration);
  }).observe({ type: "longtask" });
  let previous = 0;
  const frame = (now) => {
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

const quantile = (values, q) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? Number.NaN;

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** @param {import("playwright").Browser} browser @param {string} url @param {string} backend @param {number} milliseconds */
export async function traceApp(browser, url, backend, milliseconds) {
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
  const at = (t) => [box.x + box.width * (0.5 + 0.25 * Math.cos(t)), box.y + box.height * (0.45 + 0.25 * Math.sin(t))];
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
