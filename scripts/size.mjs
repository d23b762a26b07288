/**
 * Weighs what a visitor loads: gzipped bytes of JavaScript and CSS before first
 * paint, of the training worker with the backend it needs, of the survey worker, and of
 * each lazy chunk; fails above the budgets. `npm run build` first; `--json` prints JSON.
 */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** KiB, gzipped. */
const BUDGET = { firstPaint: 180, worker: 300, survey: 80, lazyChunk: 80 };

const dist = new URL("../dist/", import.meta.url).pathname;
const assets = readdirSync(join(dist, "assets")).filter((name) => /\.(js|css)$/.test(name));
const kib = Object.fromEntries(assets.map((name) => [name, gzipSync(readFileSync(join(dist, "assets", name))).length / 1024]));
const code = Object.fromEntries(assets.map((name) => [name, readFileSync(join(dist, "assets", name), "utf8")]));

/** File names a chunk imports before it runs. @param {string} name @param {Set<string>} seen */
function staticImports(name, seen = new Set()) {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const [, target] of code[name].matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([^"']+)["']/g))
    if (target in code) staticImports(target, seen);
  return seen;
}

/** @param {Iterable<string>} names */
const sum = (names) => [...names].reduce((total, name) => total + kib[name], 0);

const html = readFileSync(join(dist, "index.html"), "utf8");
const entry = [...html.matchAll(/(?:src|href)="\.\/assets\/([^"]+\.(?:js|css))"/g)].flatMap(([, name]) => [...staticImports(name)]);
const firstPaint = new Set(entry);
const workerChunks = (/** @type {string} */ name) => {
  const file = assets.find((asset) => asset.startsWith(`${name}.worker-`) && asset.endsWith(".js"));
  if (file === undefined) throw new Error(`size: no ${name}.worker-*.js in dist/assets; run \`npm run build\` first`);
  return staticImports(file);
};
const worker = workerChunks("trainer");
const survey = workerChunks("survey");
// One backend is loaded beside the worker; the heaviest counts.
const backends = assets.filter((name) => !worker.has(name) && !firstPaint.has(name) && /backend|webgpu|wasm|cpu/i.test(name));
const heaviest =
  backends.map((name) => sum([...staticImports(name)].filter((part) => !worker.has(part)))).toSorted((a, b) => b - a)[0] ?? 0;
const lazy = assets.filter(
  (name) => !firstPaint.has(name) && !worker.has(name) && !survey.has(name) && !backends.includes(name) && !/\.worker-/.test(name),
);

const rows = [
  { what: "before first paint", kib: sum(firstPaint), budget: BUDGET.firstPaint },
  { what: "training worker with its heaviest backend", kib: sum(worker) + heaviest, budget: BUDGET.worker },
  { what: "survey worker", kib: sum(survey), budget: BUDGET.survey },
  ...lazy.map((name) => ({ what: `lazy ${name}`, kib: kib[name], budget: BUDGET.lazyChunk })),
];
if (process.argv.includes("--json")) console.log(JSON.stringify(rows));
else for (const row of rows) console.log(`${row.kib.toFixed(1).padStart(7)} KiB gz  of ${String(row.budget).padStart(4)}  ${row.what}`);
process.exit(rows.every((row) => row.kib <= row.budget) ? 0 : 1);
