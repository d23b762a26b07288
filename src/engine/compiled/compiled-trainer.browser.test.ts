/** The compiled trainer on the software adapter: the contract of every trainer, and what is its own. */
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { CompiledBench, smallRun } from "../../testing/compiled-bench";
import { expectNoGpuErrors } from "../../testing/gpu-bench";
import { trainerSuite } from "../../testing/trainer-suite";
import type { Trainer } from "../trainer";
import { createCompiledTrainer } from "./compiled-trainer";
import { DEFAULT_TUNING } from "./tuning-choice";

/** WGSL lets exp and log be off by a few units in the last place, and three steps of Adadelta multiply that. */
const TOLERANCE = 1e-4;

let bench: CompiledBench;
beforeAll(async () => {
  bench = await CompiledBench.open();
});
afterEach(() => expectNoGpuErrors(bench.device));
afterAll(() => bench.device.destroy());

const IMAGE = { height: 3, width: 3, channels: 1 };
const TINY = { encoder: [{ units: 5, activation: "relu" }], decoder: [{ units: 4, activation: "tanh" }] } as const;

const tiny = () => bench.make(smallRun({ ...TINY, batchSize: 1 }, IMAGE));

describe("the contract of every trainer", () => {
  trainerSuite({
    engine: "compiled",
    backend: "webgpu",
    tolerance: TOLERANCE,
    make: (inputs) => bench.make(inputs),
    alive: () => bench.alive(),
  });
});

test("thousands of steps leave no buffer behind, lose no row, and go round the ring's end", async () => {
  const trainer = await bench.make(smallRun({ encoder: [], decoder: [], batchSize: 1 }, IMAGE));
  const steady = await read(trainer, 1);
  for (let round = 1; round < 5; round++) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
    expect(await read(trainer, round * 1_000 + 1)).toBe(steady);
  }
  trainer.dispose();
});

/** Trains 1,000 steps. @returns buffers that are there then */
async function read(trainer: Trainer, first: number): Promise<number> {
  for (let i = 0; i < 100; i++) {
    trainer.train(10);
    // oxlint-disable-next-line no-await-in-loop
    await trainer.submits!.room();
  }
  const { step, objective } = await trainer.readLosses();
  expect([step[0], step.length, step.at(-1)]).toEqual([first, 1_000, first + 999]);
  expect(objective.every((value) => Number.isFinite(value))).toBe(true);
  return bench.alive();
}

test("the first step is as the run's beginning says, whatever the warm-up did", async () => {
  const run = smallRun({ ...TINY, optimiser: "adam" }, IMAGE);
  const trainer = await bench.make(run);
  const { weights, slots, step } = await trainer.exportCheckpoint();
  expect(weights).toEqual(run.weights);
  expect(step).toBe(0);
  expect(Object.values(slots).every((values) => values.every((value) => value === 0))).toBe(true);
  expect((await trainer.readLosses()).step).toHaveLength(0);
  trainer.dispose();
});

test("images may arrive while it trains", async () => {
  const run = smallRun({ ...TINY, trainSize: 400, batchSize: 100 }, IMAGE);
  const whole = await bench.make(run);
  whole.train(6);
  const pixels = new Uint8Array(run.training.pixels.length);
  const late = await bench.make({ ...run, training: { pixels } });
  pixels.set(run.training.pixels);
  late.train(1);
  late.train(5);
  expect(await late.readLosses()).toEqual(await whole.readLosses());
  whole.dispose();
  late.dispose();
});

test("tells what a submit holds and when there is room", async () => {
  const trainer = await tiny();
  const { submits } = trainer;
  expect(submits!.stepsPerSubmit).toBe(1);
  expect(submits!.dispatchesPerStep).toBeLessThanOrEqual(14);
  for (let i = 0; i < 20; i++) {
    trainer.train(submits!.stepsPerSubmit);
    // oxlint-disable-next-line no-await-in-loop
    await submits!.room();
  }
  const submitting = vi.spyOn(bench.device.queue, "submit");
  const { stepsPerSubmit } = submits!;
  trainer.train(3 * stepsPerSubmit);
  expect(submitting).toHaveBeenCalledTimes(3);
  submitting.mockRestore();
  trainer.dispose();
});

test("nothing hangs when it is disposed of in the midst of readings, and later calls are refused", async () => {
  const trainer = await tiny();
  trainer.train(4);
  const readings = [trainer.readLosses(), trainer.exportWeights(), trainer.evaluate(new Uint8Array(9), 1)];
  trainer.dispose();
  trainer.dispose();
  for (const outcome of await Promise.allSettled(readings)) expect(["fulfilled", "rejected"]).toContain(outcome.status);
  await expect(trainer.readLosses()).rejects.toThrow("disposed");
  expect(() => trainer.train(1)).toThrow("disposed");
});

test("a lost device rejects what waits, leaves room, and builds no trainer", async () => {
  const doomed = await CompiledBench.open();
  const run = smallRun(TINY, IMAGE);
  const trainer = await doomed.make(run);
  trainer.train(1);
  trainer.train(1);
  const readings = [trainer.readLosses(), trainer.exportCheckpoint()];
  const room = trainer.submits!.room();
  doomed.device.destroy();
  await room;
  for (const outcome of await Promise.allSettled(readings)) expect(outcome.status).toBe("rejected");
  trainer.train(3);
  trainer.train(3);
  await trainer.submits!.room();
  await expect(trainer.readLosses()).rejects.toBeInstanceOf(Error);
  trainer.dispose();
  await expect(doomed.make(run)).rejects.toBeInstanceOf(Error);
});

test("tells its progress to the end", async () => {
  const told: [number, number][] = [];
  const onProgress = (...at: [number, number]) => told.push(at);
  const trainer = await createCompiledTrainer(smallRun(TINY, IMAGE), { device: bench.device, tuning: DEFAULT_TUNING, onProgress });
  const total = told[0]![1];
  expect(told.map(([done]) => done)).toEqual(Array.from({ length: total + 1 }, (_, i) => i));
  trainer.dispose();
});
