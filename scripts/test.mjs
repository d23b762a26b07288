/**
 * `npm test`: every tier, one after the other, and one line at the end.
 *
 * Finds a Chromium or installs one and says what it did. A tier that cannot run
 * fails; a skipped test fails too. `node scripts/test.mjs unit e2e` runs a part.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findChromium } from "./chromium.mjs";

const reports = mkdtempSync(join(tmpdir(), "vae-playground-tests-"));

/** @type {readonly { name: string, command: readonly string[], report?: "vitest" | "playwright", needsChromium?: boolean }[]} */
const TIERS = [
  { name: "types", command: ["npm", "run", "--silent", "typecheck"] },
  { name: "lint", command: ["npm", "run", "--silent", "lint"] },
  { name: "format", command: ["npm", "run", "--silent", "format:check"] },
  { name: "unit", command: vitest("unit"), report: "vitest" },
  { name: "browser", command: vitest("browser"), report: "vitest", needsChromium: true },
  { name: "build", command: ["npm", "run", "--silent", "build"] },
  { name: "size", command: ["node", "scripts/size.mjs"] },
  {
    name: "e2e",
    command: ["npx", "playwright", "test", "--config", "e2e/playwright.config.ts"],
    report: "playwright",
    needsChromium: true,
  },
];

/** @param {string} project */
function vitest(project) {
  return [
    "npx",
    "vitest",
    "run",
    "--project",
    project,
    "--reporter=default",
    "--reporter=json",
    `--outputFile=${join(reports, `${project}.json`)}`,
  ];
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !TIERS.some((tier) => tier.name === name));
if (unknown.length > 0) {
  console.error(`test: no tier named ${unknown.join(", ")}; there are ${TIERS.map((tier) => tier.name).join(", ")}`);
  process.exit(2);
}
const tiers = TIERS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));

if (tiers.some((tier) => tier.needsChromium)) ensureChromium();

let passed = 0;
let failed = 0;
const lines = [];
for (const tier of tiers) {
  console.log(`\n── ${tier.name} ──`);
  const startedAt = performance.now();
  const ok = run(tier.command);
  const counts = count(tier, ok);
  passed += counts.passed;
  failed += counts.failed;
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  lines.push(
    `${ok && counts.failed === 0 ? "ok  " : "FAIL"}  ${tier.name.padEnd(8)} ${String(counts.passed).padStart(4)} passed  ${seconds.padStart(4)} s`,
  );
}
rmSync(reports, { recursive: true, force: true });
console.log(`\n${lines.join("\n")}\n\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** Runs a command in the foreground; true when it ended well. @param {readonly string[]} command */
function run([program, ...args]) {
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: join(reports, "e2e.json") };
  return spawnSync(program, args, { stdio: "inherit", env }).status === 0;
}

/** What a tier's report says; one check, passed or failed, for a tier without a report. @param {(typeof TIERS)[number]} tier @param {boolean} ok */
function count(tier, ok) {
  if (tier.report === undefined) return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
  let passed = 0;
  let failed = 0;
  try {
    const report = JSON.parse(readFileSync(join(reports, `${tier.name}.json`), "utf8"));
    if (tier.report === "vitest") {
      passed = report.numPassedTests;
      failed = report.numTotalTests - report.numPassedTests; // failed, skipped and to do alike
    } else {
      passed = report.stats.expected;
      failed = report.stats.unexpected + report.stats.skipped + report.stats.flaky;
    }
  } catch (error) {
    console.error(`test: ${tier.name} left no report: ${String(error)}`);
  }
  return passed === 0 || !ok ? { passed, failed: Math.max(1, failed) } : { passed, failed };
}

function ensureChromium() {
  const found = findChromium();
  if (found !== null) {
    console.log(`Chromium: ${found.path} (${found.source === "CHROMIUM_PATH" ? "named by CHROMIUM_PATH" : `the ${found.source}'s`})`);
    return;
  }
  console.log("Chromium: none found; installing Playwright's");
  if (run(["npx", "playwright", "install", "chromium"]) && findChromium() !== null) return;
  if (process.getuid?.() === 0) {
    console.log("Chromium: Playwright's installer did not help; installing Debian's with apt-get");
    if (run(["apt-get", "update"]) && run(["apt-get", "install", "-y", "--no-install-recommends", "chromium"]) && findChromium() !== null)
      return;
  }
  console.error("Chromium: none found and none could be installed. Install one, or name it in CHROMIUM_PATH.");
  process.exit(1);
}
