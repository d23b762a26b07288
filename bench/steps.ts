/**
 * Times optimiser steps of one engine on one backend, in a page of its own. The runner (`run.mjs`) calls
 * `window.benchSteps`.
 */
import type { BenchBackend, Peer, PeerSize } from "./engines/peer";

export interface StepTimes {
  readonly engine: string;
  readonly backend: BenchBackend;
  readonly batch: number;
  readonly adapter: string;
  /** Compute dispatches one step issues; null where there is no GPU. */
  readonly dispatches: number | null;
  /** Medians over the rounds; wall time until the device is done, divided by the steps of a round. */
  readonly msPerStep: number;
  /** Main-thread time to issue one step. */
  readonly issueMsPerStep: number;
  readonly rounds: number;
  readonly stepsPerRound: number;
  /** Objective after the last step: a finite number that has fallen shows that real work was timed. */
  readonly objective: number;
  readonly firstObjective: number;
}

const ENGINES: Readonly<Record<string, (backend: BenchBackend, size: PeerSize) => Promise<Peer>>> = {
  tfjs: async (backend, size) => (await import("./engines/ours")).ours("tfjs", backend, size),
  "plain-tfjs": async (backend, size) => (await import("./engines/plain-tfjs")).plainTfjs(backend, size),
  "jax-js": async (backend, size) => (await import("./engines/jax-js")).jaxJs(backend, size),
};

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** Counts what reaches the GPU, whichever library sends it. */
function countDispatches(): () => number {
  let count = 0;
  const { prototype } = GPUComputePassEncoder;
  for (const name of ["dispatchWorkgroups", "dispatchWorkgroupsIndirect"] as const) {
    const native = prototype[name] as (...args: unknown[]) => undefined;
    prototype[name] = function (this: GPUComputePassEncoder, ...args: unknown[]) {
      count++;
      return native.apply(this, args);
    };
  }
  return () => count;
}

async function benchSteps(engine: string, backend: BenchBackend, size: PeerSize, budgetMs: number): Promise<StepTimes> {
  const make = ENGINES[engine];
  if (make === undefined) throw new Error(`benchSteps: no engine ${engine}; there are ${Object.keys(ENGINES).join(", ")}`);
  const dispatched = countDispatches();
  const peer = await make(backend, size);
  peer.step();
  const firstObjective = await peer.settle();
  const countedSteps = async (steps: number) => {
    const before = dispatched();
    for (let i = 0; i < steps; i++) peer.step();
    await peer.settle();
    return dispatched() - before;
  };
  // The difference leaves out what reading the loss back issues.
  const dispatches = backend === "webgpu" ? (await countedSteps(2)) - (await countedSteps(1)) : null;
  // Warm-up: shaders compile, buffers settle, and one round's length becomes known.
  const warmAt = performance.now();
  for (let i = 0; i < 2; i++) peer.step();
  await peer.settle();
  const stepsPerRound = Math.max(2, Math.min(50, Math.round(budgetMs / 6 / ((performance.now() - warmAt) / 2))));
  const wall: number[] = [];
  const issue: number[] = [];
  const endAt = performance.now() + budgetMs;
  let objective = Number.NaN;
  do {
    const startedAt = performance.now();
    for (let i = 0; i < stepsPerRound; i++) peer.step();
    issue.push((performance.now() - startedAt) / stepsPerRound);
    objective = await peer.settle();
    wall.push((performance.now() - startedAt) / stepsPerRound);
  } while (performance.now() < endAt || wall.length < 3);
  return {
    engine,
    backend,
    batch: size.batch,
    adapter: peer.adapter,
    dispatches,
    msPerStep: median(wall),
    issueMsPerStep: median(issue),
    rounds: wall.length,
    stepsPerRound,
    objective,
    firstObjective,
  };
}

declare global {
  interface Window {
    benchSteps: typeof benchSteps;
  }
}
window.benchSteps = benchSteps;
