/**
 * `npm run bench`: builds the bench page and the app, drives a headless Chromium,
 * prints Markdown tables and writes JSON (`--out=FILE`, else `bench/results/latest.json`).
 *
 * Only ratios within one run mean anything: the machines are noisy. `--parts=steps,app,size`, `--engines=…`,
 * `--backends=webgpu,wasm`, `--batches=128`, `--seconds=6` run a part of it.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright";
import { build, preview } from "vite";
import { CHROMIUM_FLAGS, findChromium } from "../scripts/chromium.mjs";
import { traceApp } from "./app-trace.mjs";

const { values: options } = parseArgs({
  options: {
    parts: { type: "string", default: "steps,app,size" },
    engines: { type: "string", default: "tfjs,plain-tfjs,jax-js" },
    backends: { type: "string", default: "webgpu,wasm" },
    batches: { type: "string", default: "128" },
    seconds: { type: "string", default: "6" },
    out: { type: "string", default: "bench/results/latest.json" },
  },
});
const parts = options.parts.split(",");
const backends = options.backends.split(",");

const root = resolve(new URL("..", import.meta.url).pathname);
const found = findChromium();
if (found === null) throw new Error("bench: no Chromium; `npm test` installs one, or name it in CHROMIUM_PATH");
const browser = await chromium.launch({ executablePath: found.path, args: CHROMIUM_FLAGS });
const result = { date: new Date().toISOString().slice(0, 10), browser: browser.version(), steps: [], app: [], size: [] };

if (parts.includes("steps")) result.steps = await benchSteps();
if (parts.includes("app") || parts.includes("size")) await build({ root, logLevel: "warn" });
if (parts.includes("app")) result.app = await benchApp();
if (parts.includes("size")) result.size = weigh();
await browser.close();

const out = resolve(root, options.out);
mkdirSync(dirname(out), { recursive: true });
writeFileSync(out, `${JSON.stringify(result, null, 2)}\n`);
console.log(`\n${report(result)}\nwritten to ${options.out}`);
process.exit(0);

async function benchSteps() {
  const outDir = resolve(root, "node_modules/.cache/bench");
  await build({
    root: resolve(root, "bench"),
    configFile: false,
    base: "./",
    publicDir: false,
    logLevel: "warn",
    build: { outDir, emptyOutDir: true, target: "es2023", rolldownOptions: { input: resolve(root, "bench/steps.html") } },
  });
  const server = await preview({
    root: resolve(root, "bench"),
    configFile: false,
    build: { outDir },
    preview: { host: "127.0.0.1", port: 4190 },
    logLevel: "warn",
  });
  const rows = [];
  for (const batch of options.batches.split(",").map(Number)) {
    for (const backend of backends) {
      for (const engine of options.engines.split(",")) {
        // A page each, so that no engine inherits another's device, heap or caches.
        const page = await browser.newPage();
        await page.goto(`${server.resolvedUrls.local[0]}steps.html`);
        await page.waitForFunction(() => window.benchSteps !== undefined);
        const size = { pixels: 784, hidden: 400, latent: 20, batch };
        try {
          const row = await page.evaluate(
            ([...args]) => window.benchSteps(...args),
            [engine, backend, size, Number(options.seconds) * 1000],
          );
          rows.push(row);
          console.log(`${engine} ${backend} batch ${batch}: ${row.msPerStep.toFixed(1)} ms per step`);
        } catch (error) {
          console.log(`${engine} ${backend} batch ${batch}: ${String(error)}`);
          rows.push({ engine, backend, batch, error: String(error) });
        }
        await page.close();
      }
    }
  }
  await server.close();
  return rows;
}

async function benchApp() {
  const server = await preview({ root, preview: { host: "127.0.0.1", port: 4191 }, logLevel: "warn" });
  const rows = [];
  for (const backend of backends) rows.push(await traceApp(browser, server.resolvedUrls.local[0], backend, Number(options.seconds) * 2000));
  await server.close();
  return rows;
}

function weigh() {
  return JSON.parse(spawnSync("node", ["scripts/size.mjs", "--json"], { cwd: root }).stdout.toString());
}

/** The tables of the README. */
function report({ steps, app, size, browser: version }) {
  const text = [`Chromium ${version}, ${readFileSync("/proc/cpuinfo", "utf8").match(/model name\s*:\s*(.*)/)?.[1] ?? process.arch}.`];
  if (steps.length > 0) {
    text.push(
      "| engine | backend | batch | ms per step | ms to issue a step | dispatches | against plain TensorFlow.js |",
      "| --- | --- | ---: | ---: | ---: | ---: | ---: |",
    );
    for (const row of steps) {
      const plain = steps.find((other) => other.engine === "plain-tfjs" && other.backend === row.backend && other.batch === row.batch);
      if (row.error !== undefined) text.push(`| ${row.engine} | ${row.backend} | ${row.batch} | failed: ${row.error.slice(0, 80)} | | | |`);
      else
        text.push(
          `| ${row.engine} | ${row.backend}${row.adapter ? ` (${row.adapter})` : ""} | ${row.batch} | ${row.msPerStep.toFixed(1)} | ${row.issueMsPerStep.toFixed(2)} | ${row.dispatches ?? "–"} | ${plain?.msPerStep ? (row.msPerStep / plain.msPerStep).toFixed(2) : "–"} |`,
        );
    }
    text.push("");
  }
  if (app.length > 0) {
    text.push(
      "| the app while training | " + app.map((row) => row.backend).join(" | ") + " |",
      "| --- | " + app.map(() => "---:").join(" | ") + " |",
    );
    const line = (name, pick) => text.push(`| ${name} | ${app.map(pick).join(" | ")} |`);
    line("steps per second", (row) => row.stepsPerSecond.toFixed(1));
    line("snapshots' share of training time (budget 20 %)", (row) => `${(row.snapshotShare * 100).toFixed(0)} %`);
    line(
      "main-thread tasks over 50 ms (budget 0)",
      (row) => `${row.longTasks.length}${row.longTasks.length ? `, longest ${Math.max(...row.longTasks).toFixed(0)} ms` : ""}`,
    );
    line("frame interval p50 / p95, ms (budget p95 25)", (row) => `${row.frameP50.toFixed(1)} / ${row.frameP95.toFixed(1)}`);
    line("pointer to painted decode p50 / p95, ms (budget p95 50)", (row) => `${row.pointerP50.toFixed(1)} / ${row.pointerP95.toFixed(1)}`);
    text.push("");
  }
  for (const row of size) text.push(`${row.kib.toFixed(1).padStart(7)} KiB gz of ${row.budget}: ${row.what}`);
  return text.join("\n");
}
