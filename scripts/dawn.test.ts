/**
 * The compiled engine outside a browser: Node, Dawn and the software adapter that comes
 * with Chromium. Fails where any of them is missing.
 *
 * In a process of its own: the driver is found through variables that are read when a process starts, and what it may do on the way out
 * concerns nobody here.
 */
import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { trainTwin } from "../src/testing/training-twin";
import { dawnEnvironment } from "./dawn-run.mjs";
import { dawnInputs, STEPS, type DawnTrained } from "./dawn-train";

/** WGSL lets exp and log be off by a few units in the last place, and Adam divides by gradients' sizes; sums here are short. */
const TOLERANCE = 1e-4;

/** Two processes start, load a driver and compile a hundred shaders; mostly 5 s, several times that on a busy machine. */
const LIMIT_MS = 120_000;

function trainOnDawn(): DawnTrained {
  const args = ["scripts/run-ts.mjs", "scripts/dawn-train.ts"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { env: dawnEnvironment("software"), encoding: "utf8" });
  const line = stdout.split("\n").find((text) => text.startsWith("{"));
  if (line === undefined) throw new Error(`dawn-train ended with ${status} and told nothing: ${stderr}`);
  return JSON.parse(line) as DawnTrained;
}

test("trains in Node on Dawn as the float64 loops do", { timeout: LIMIT_MS }, () => {
  const trained = trainOnDawn();
  expect(trained.adapter).toContain("SwiftShader");
  const { config, network, weights, training } = dawnInputs();
  const { terms } = trainTwin(config, network, weights, training.pixels, STEPS);
  for (let step = 0; step < STEPS; step++) {
    const { reconstruction, kl } = terms[step]!;
    expect(Math.abs(trained.reconstruction[step]! - reconstruction)).toBeLessThan(TOLERANCE * reconstruction);
    expect(Math.abs(trained.kl[step]! - kl)).toBeLessThan(TOLERANCE * Math.max(kl, 1));
  }
});
