/**
 * One engine with one network, ready to run rounds of timed steps: what a page of the
 * browser or a process of Node holds, so that rounds of several can alternate.
 */
import { benchConfig, benchNetwork, type ModelName } from "./models";
import type { BenchBackend, EngineId, MakePeer, Peer } from "./engines/peer";
import { countDispatches } from "./dispatch-counter";
import { gpuClock } from "./gpu-clock";

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
  /** Objective after the last step: a finite number that has fallen shows that real work was timed. */
  readonly objective: number;
}

export interface Station {
  open(spec: StationSpec): Promise<Opened>;
  round(): Promise<Round>;
  /** Time in compute passes of one step, by the GPU's own clock; null where it has none. */
  gpuMsPerStep(): Promise<number | null>;
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

export function createStation(): Station {
  const clock = gpuClock();
  const dispatched = countDispatches();
  let peer: Peer | null = null;
  let stepsPerRound = 1;
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
  return {
    open: async ({ engine, backend, model, batch, width, roundMs }) => {
      const config = benchConfig(model, batch, width);
      peer = await (await ENGINES[engine]())(backend, config, benchNetwork(config));
      const first = await timed(1); // shaders compile
      const opened = { adapter: peer.adapter, firstObjective: first.objective };
      if (first.ms > SLOW_MS) return { ...opened, dispatches: null, stepsPerRound };
      const one = await timed(1);
      const two = await timed(2);
      stepsPerRound = await fittingSteps(roundMs, Math.max(two.ms - one.ms, two.ms / 4));
      // The difference leaves out what reading the loss back issues.
      return { ...opened, dispatches: backend === "webgpu" ? two.dispatches - one.dispatches : null, stepsPerRound };
    },
    round: async () => {
      // A long step by itself would only be waited for twice.
      const issued = stepsPerRound === 1 ? 1 : Math.max(2, Math.min(ISSUED_STEPS, stepsPerRound));
      const issuedAt = performance.now();
      for (let i = 0; i < issued; i++) peer!.step();
      const issueMsPerStep = (performance.now() - issuedAt) / issued;
      const objective = await peer!.settle();
      if (issued === 1) return { msPerStep: performance.now() - issuedAt, issueMsPerStep, objective };
      const { ms, objective: last } = await timed(stepsPerRound);
      return { msPerStep: ms / stepsPerRound, issueMsPerStep, objective: last };
    },
    gpuMsPerStep: async () => {
      const steps = Math.min(stepsPerRound, 10);
      const sum = await clock.measure(async () => {
        await timed(steps);
      });
      return sum === null ? null : sum / steps;
    },
  };
}
