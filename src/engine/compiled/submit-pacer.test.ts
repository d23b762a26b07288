import { expect, test } from "vitest";
import { SubmitPacer } from "./submit-pacer";

/** A GPU that works off submits in order, on a clock set by hand. */
function bench(dispatches = 14) {
  let ms = 0;
  const pacer = new SubmitPacer(dispatches, () => ms);
  const unfinished: (() => void)[] = [];
  return {
    pacer,
    submit: (steps: number) => pacer.submitted(steps, new Promise<void>((resolve) => unfinished.push(resolve))),
    idle: (forMs: number) => {
      ms += forMs;
    },
    finish: async (afterMs: number) => {
      ms += afterMs;
      unfinished.shift()!();
      await Promise.resolve();
    },
  };
}

/** Submits of what the pacer says, two in flight, each step taking `msPerStep`. */
async function settle(gpu: ReturnType<typeof bench>, msPerStep: number, submits = 40): Promise<void> {
  const queued: number[] = [];
  for (let i = 0; i < submits; i++) {
    const steps = gpu.pacer.stepsPerSubmit;
    gpu.submit(steps);
    queued.push(steps);
    // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
    if (queued.length === 2) await gpu.finish(queued.shift()! * msPerStep);
  }
  await gpu.finish(queued[0]! * msPerStep);
}

test.each([
  [0.11, 72],
  [1, 8],
  [3, 2],
  [110, 1],
])("at %s ms a step a submit comes to hold %s", async (msPerStep, steps) => {
  const gpu = bench();
  expect(gpu.pacer.stepsPerSubmit).toBe(1);
  await settle(gpu, msPerStep);
  expect(gpu.pacer.stepsPerSubmit).toBe(steps);
});

test("a wait for an idle GPU is no work of the submit after it", async () => {
  const gpu = bench();
  await settle(gpu, 1);
  gpu.idle(1_000);
  gpu.submit(8);
  await gpu.finish(8);
  expect(gpu.pacer.stepsPerSubmit).toBe(8);
});

test("what the GPU measures itself counts alone", async () => {
  const gpu = bench();
  gpu.pacer.timed(1, 2);
  await settle(gpu, 50);
  expect(gpu.pacer.stepsPerSubmit).toBe(4);
});

test("one submit that seems to take no time does not fill the next with seconds of work", async () => {
  const gpu = bench();
  await settle(gpu, 8);
  gpu.submit(1);
  await gpu.finish(0);
  expect(gpu.pacer.stepsPerSubmit).toBe(1); // 8 ms / (0.75 · 8 ms)
});

test("room is there with one submit unfinished, not with two, and again when one is done", async () => {
  const gpu = bench();
  gpu.submit(1);
  await gpu.pacer.room();
  gpu.submit(1);
  let isThere = false;
  const room = gpu.pacer.room().then(() => (isThere = true));
  await Promise.resolve();
  expect(isThere).toBe(false);
  await gpu.finish(1);
  await room;
});

test("nobody waits for a submit that fails, or after the end", { timeout: 1_000 }, async () => {
  const { pacer } = bench();
  pacer.submitted(1, Promise.reject(new Error("device lost")));
  pacer.submitted(1, new Promise(() => {}));
  await pacer.room();
  pacer.submitted(1, new Promise(() => {}));
  const room = pacer.room();
  pacer.end();
  await room;
  pacer.submitted(1, new Promise(() => {}));
  pacer.submitted(1, new Promise(() => {}));
  await expect(pacer.room()).resolves.toBeUndefined();
});
