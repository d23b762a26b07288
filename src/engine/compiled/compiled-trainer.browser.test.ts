/** The compiled trainer on the software adapter: what is its own, beside the contract of every trainer. */
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { LOG_VAR_RANGE } from "../../model/forward";
import { CHUNK_IMAGES } from "../../protocol/datasets";
import { CompiledBench, smallRun } from "../../testing/compiled-bench";
import { expectNoGpuErrors } from "../../testing/gpu-bench";
import type { Trainer } from "../trainer";
import { createCompiledTrainer } from "./compiled-trainer";
import { RING } from "./kernels/finish";
import { DEFAULT_TUNING } from "./tuning-choice";

/** For a software adapter on a busy machine; nothing here waits for a clock. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let bench: CompiledBench;
beforeAll(async () => {
  bench = await CompiledBench.open();
});
afterEach(() => expectNoGpuErrors(bench.device));
afterAll(() => bench.device.destroy());

const IMAGE = { height: 3, width: 3, channels: 1 };
const TINY = { encoder: [{ units: 5, activation: "relu" }], decoder: [{ units: 4, activation: "tanh" }] } as const;

const tiny = () => bench.make(smallRun({ ...TINY, batchSize: 1 }, IMAGE));

test("thousands of steps leave no buffer behind, and lose no row though nobody reads for more than a ring", async () => {
  const trainer = await bench.make(smallRun({ encoder: [], decoder: [], batchSize: 1 }, IMAGE));
  await trainAndRead(trainer, 200);
  const steady = bench.alive();
  for (let round = 1; round < 5; round++) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
    await trainAndRead(trainer, 200);
    expect(bench.alive()).toBe(steady);
  }
  await trainAndRead(trainer, RING + 300);
  trainer.dispose();
});

async function trainAndRead(trainer: Trainer, steps: number): Promise<void> {
  const first = trainer.step + 1;
  for (let i = 0; i < steps; i += 10) {
    trainer.train(Math.min(10, steps - i));
    // oxlint-disable-next-line no-await-in-loop
    await trainer.submits!.room();
  }
  const { step, objective } = await trainer.readLosses();
  expect([step[0], step.length, step.at(-1)]).toEqual([first, steps, trainer.step]);
  expect(objective!.every((value) => Number.isFinite(value))).toBe(true);
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

test("log σ² comes clamped, as the draw takes it", async () => {
  const run = smallRun(TINY, IMAGE);
  const logVar = { "logVar.bias": Float32Array.of(50, 0.25, -50), "logVar.weight": new Float32Array(5 * 3) };
  const trainer = await bench.make({ ...run, weights: { ...run.weights, ...logVar } });
  expect([...(await trainer.encode({ pixels: new Uint8Array(9), count: 1 })).logVar!]).toEqual([
    LOG_VAR_RANGE.max,
    0.25,
    LOG_VAR_RANGE.min,
  ]);
  trainer.dispose();
});

test("images may arrive while it trains, the last of them before the last step of a call", async () => {
  const judged = { reconstruction: "mse", outputActivation: "linear" } as const;
  const run = smallRun({ ...TINY, ...judged, trainSize: 2 * CHUNK_IMAGES, batchSize: CHUNK_IMAGES }, IMAGE);
  const { pixels } = run.training;
  const arriving = new Uint8Array(pixels.length);
  const late = await bench.make({ ...run, training: { pixels: arriving } });
  arriving.set(pixels.subarray(0, pixels.length / 2));
  late.train(1); // needs the first file
  arriving.set(pixels);
  late.train(2);
  const tiled = await bench.make(run);
  tiled.train(3);
  const losses = await late.readLosses();
  expect(await tiled.readLosses()).toEqual(losses);
  // Of made-up pixels, spread evenly over [0, 1], beside answers near 0: 9 · ⅓. Images that were not there would be black.
  for (const loss of losses.reconstruction!) expect(Math.abs(loss - 3)).toBeLessThan(0.5);
  late.dispose();
  tiled.dispose();
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
  const readings = [trainer.readLosses(), trainer.exportWeights(), trainer.evaluate({ pixels: new Uint8Array(9), count: 1 })];
  trainer.dispose();
  trainer.dispose();
  await Promise.allSettled(readings); // what was done before may come; a reading that hangs runs into the time limit
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
