/**
 * Finds a Chromium for the tests and the benchmark: `CHROMIUM_PATH`, then the
 * system's, then Playwright's own. Installing one is `scripts/test.mjs`' business.
 */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright";

const SYSTEM_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * Software WebGPU, which headless Chromium gives only when asked; no sandbox, as root has none; and no look at the
 * network at start.
 */
export const CHROMIUM_FLAGS = [
  "--enable-unsafe-webgpu",
  "--use-webgpu-adapter=swiftshader",
  "--no-sandbox",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** @returns {{ path: string, source: "CHROMIUM_PATH" | "system" | "playwright" } | null} */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (!isExecutable(named)) throw new Error(`CHROMIUM_PATH is ${named}, and there is no program there`);
    return { path: named, source: "CHROMIUM_PATH" };
  }
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    for (const name of SYSTEM_NAMES) {
      const path = join(folder, name);
      if (isExecutable(path)) return { path, source: "system" };
    }
  }
  const own = chromium.executablePath();
  return own && isExecutable(own) ? { path: own, source: "playwright" } : null;
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
