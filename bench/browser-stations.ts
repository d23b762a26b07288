/** Stations in pages of a headless Chromium, a page each, so that no engine inherits another's device, heap or caches. */
import { resolve } from "node:path";
import { chromium, type Browser, type Page } from "playwright";
import { build, preview, type Plugin } from "vite";
import { CHROMIUM_FLAGS, findChromium } from "../scripts/chromium.mjs";
import type { BenchBackend } from "./engines/peer";
import type { RemoteStation } from "./schedule";

/** The GPU's clock as it is, rather than in steps of 0.1 ms. */
const EXACT_CLOCK = "--disable-dawn-features=timestamp_quantization";

export function launchBrowser(): Promise<Browser> {
  const found = findChromium();
  if (found === null) throw new Error("bench: no Chromium; `npm test` installs one, or name it in CHROMIUM_PATH");
  return chromium.launch({ executablePath: found.path, args: [...CHROMIUM_FLAGS, EXACT_CLOCK] });
}

/** Serves a built page; `url` ends in a slash. */
export interface Site {
  readonly url: string;
  readonly close: () => Promise<void>;
}

export async function serveSteps(root: string): Promise<Site> {
  const outDir = resolve(root, "node_modules/.cache/bench");
  await build({
    root: resolve(root, "bench"),
    configFile: false,
    base: "./",
    publicDir: false,
    logLevel: "error",
    build: {
      outDir,
      emptyOutDir: true,
      target: "es2023",
      rolldownOptions: { input: resolve(root, "bench/steps.html") },
    },
  });
  return serve(resolve(root, "bench"), outDir);
}

/** A page isolated from other origins has a clock of 5 µs rather than 0.1 ms; asked for by `?isolated`. */
const isolateOnRequest: Plugin = {
  name: "isolate-on-request",
  configurePreviewServer: ({ middlewares }) => {
    middlewares.use((request, response, next) => {
      if (request.url?.includes("?isolated") === true) {
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
      }
      next();
    });
  },
};

/** @param outDir what was built */
export async function serve(root: string, outDir: string): Promise<Site> {
  const server = await preview({
    root,
    configFile: false,
    plugins: [isolateOnRequest],
    build: { outDir },
    preview: { host: "127.0.0.1", port: 4190 },
    logLevel: "error",
  });
  return { url: server.resolvedUrls!.local[0]!, close: () => server.close() };
}

/** Isolated on WebGPU only: on WebAssembly isolation brings threads, which the app's own host may not have. */
export async function stationInPage(browser: Browser, { url }: Site, backend: BenchBackend): Promise<RemoteStation> {
  const page = await browser.newPage();
  await page.goto(`${url}steps.html${backend === "webgpu" ? "?isolated" : ""}`);
  await page.waitForFunction(() => "benchStation" in window);
  return {
    open: (spec) => page.evaluate((given) => window.benchStation().open(given), spec),
    round: () => page.evaluate(() => window.benchStation().round()),
    close: () => closeQuietly(page),
  };
}

/** A page that is busy is closed all the same, and nobody waits for it long. */
async function closeQuietly(page: Page): Promise<void> {
  await Promise.race([page.close().catch(() => {}), new Promise((done) => setTimeout(done, 5_000))]);
}
