/**
 * One engine with one network, ready to run rounds of timed steps: what a page of the
 * browser or a process of Node holds, so that rounds of several can alternate.
 */
import { benchConfig, benchNetwork, type ModelName } from "./models";
import type { BenchBackend, EngineId, MakePeer, Peer } from "./engines/peer";
import { countDispatches } from "./dispatch-counter";
import { gpuClock, MOST_PASSES } from "./gpu-clock";

export interface StationSpec {
  readonly engine: EngineId;
  readonly backend: BenchBackend;
  readonly model: ModelName;
  readonly batch: number;
  /** Hidden units in place of the dense model's 400. */
  readonly width: number | null;
  /** What a round should take at most, where a step is not longer. */
  readonly roundMs: number;
}

export interface Opened {
  readonly adapter: string;
  /** Compute dispatches one step issues; null where there is no GPU, or where counting them would take minutes. */
  readonly dispatches: number | null;
  readonly firstObjective: number;
  readonly stepsPerRound: number;
}

export interface Round {
  /** Wall time until the device is done, divided by the steps of the round. */
  readonly msPerStep: number;
  /** Main-thread time to issue one step by itself. */
  readonly issueMsPerStep: number;
  /** Time in compute passes of one step, by the GPU's own clock; null where it has none, or one that cannot be right. */
  readonly gpuMsPerStep: number | null;
  /** Objective after the last step: a finite number that has fallen shows that real work was timed. */
  readonly objective: number;
}

export interface Station {
  open(spec: StationSpec): Promise<Opened>;
  round(): Promise<Round>;
}

const ENGINES: Readonly<Record<EngineId, () => Promise<MakePeer>>> = {
  compiled: async () => (await import("./engines/ours")).ours("compiled"),
  tfjs: async () => (await import("./engines/ours")).ours("tfjs"),
  "plain-tfjs": async () => (await import("./engines/plain-tfjs")).plainTfjs,
  "jax-js": async () => (await import("./engines/jax-js")).jaxJs,
};

/** Steps issued one by one for the issue time, so that a clock that ticks every 0.1 ms can tell it; fewer where they take long. */
const ISSUED_STEPS = 16;
const MAX_ROUND_STEPS = 2_000;
/** An engine whose first step takes longer is not asked for more steps than are timed. */
const SLOW_MS = 30_000;
/** Steps timed by the GPU's clock beside a round's others: apart, as marks around every pass slow an engine of many passes. */
const MOST_GPU_STEPS = 10;
const GPU_SHARE = 1 / 4;
/** Passes lie within the wall time of the same steps, but for what two clocks differ by. */
const CLOCKS_DIFFER = 1.02;

export function createStation(): Station {
  const clock = gpuClock();
  const dispatched = countDispatches();
  let peer: Peer | null = null;
  let stepsPerRound = 1;
  /** 0 where there is no GPU. */
  let gpuSteps = 0;
  const timed = async (count: number) => {
    const before = { at: performance.now(), dispatches: dispatched() };
    if (peer!.run === undefined) for (let i = 0; i < count; i++) peer!.step();
    else await peer!.run(count);
    const objective = await peer!.settle();
    return { ms: performance.now() - before.at, dispatches: dispatched() - before.dispatches, objective };
  };
  /** Steps that take about so long together. A few first: one by itself is mostly waiting where steps are short. */
  const fittingSteps = async (roundMs: number, estimateMs: number) => {
    const fitting = (stepMs: number) => Math.max(1, Math.min(MAX_ROUND_STEPS, Math.floor(roundMs / stepMs)));
    let steps = fitting(estimateMs);
    for (const trial of [8, 64]) if (steps > trial) steps = fitting((await timed(trial)).ms / trial);
    return steps;
  };
  /** In every round, as the machine may be busier in one than in another. */
  const timedByGpu = async () => {
    if (gpuSteps === 0) return null;
    let wallMs = 0;
    const gpuMs = await clock.measure(async () => {
      wallMs = (await timed(gpuSteps)).ms;
    });
    return gpuMs === null || gpuMs > CLOCKS_DIFFER * wallMs ? null : gpuMs / gpuSteps;
  };
  return {
    open: async ({ engine, backend, model, batch, width, roundMs }) => {
      const config = benchConfig(model, batch, width);
      peer = await (await ENGINES[engine]())(backend, config, benchNetwork(config));
      gpuSteps = backend === "webgpu" ? 1 : 0;
      const first = await timed(1); // shaders compile
      const opened = { adapter: peer.adapter, firstObjective: first.objective };
      if (first.ms > SLOW_MS) return { ...opened, dispatches: null, stepsPerRound };
      const one = await timed(1);
      const two = await timed(2);
      stepsPerRound = await fittingSteps(roundMs, Math.max(two.ms - one.ms, two.ms / 4));
      if (backend !== "webgpu") return { ...opened, dispatches: null, stepsPerRound };
      const dispatches = two.dispatches - one.dispatches; // leaves out what reading the loss back issues
      // One pass to a dispatch at most; a few are left for reading back.
      const fitting = Math.min(MOST_GPU_STEPS, stepsPerRound * GPU_SHARE, (0.9 * MOST_PASSES) / dispatches);
      gpuSteps = Math.max(1, Math.floor(fitting));
      return { ...opened, dispatches, stepsPerRound };
    },
    round: async () => {
      // A long step by itself would only be waited for twice.
      const issued = stepsPerRound === 1 ? 1 : Math.max(2, Math.min(ISSUED_STEPS, stepsPerRound));
      const issuedAt = performance.now();
      for (let i = 0; i < issued; i++) peer!.step();
      const issueMsPerStep = (performance.now() - issuedAt) / issued;
      const objective = await peer!.settle();
      const alone = { ms: performance.now() - issuedAt, objective };
      const { ms, objective: last } = issued === 1 ? alone : await timed(stepsPerRound);
      return { msPerStep: ms / stepsPerRound, issueMsPerStep, gpuMsPerStep: await timedByGpu(), objective: last };
    },
  };
}
