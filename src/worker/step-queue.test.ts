import { expect, test } from "vitest";
import type { LossColumns } from "../protocol/messages";
import { SubmitPacer } from "../engine/compiled/submit-pacer";
import { StepQueue } from "./step-queue";

/** A trainer whose readings are settled by hand, as a GPU's are. */
function slowTrainer() {
  let step = 0;
  let told = 0;
  const readings: { readonly settle: () => void; readonly fail: (error: unknown) => void }[] = [];
  return {
    readings,
    train(steps: number) {
      step += steps;
    },
    readLosses() {
      const count = step - told;
      const steps = Uint32Array.from({ length: count }, (_, i) => told + i + 1);
      told = step;
      const losses = () => new Float32Array(count);
      return new Promise<LossColumns>((resolve, reject) =>
        readings.push({
          settle: () => resolve({ step: steps, reconstruction: losses(), kl: losses(), objective: losses() }),
          fail: reject,
        }),
      );
    },
  };
}

function queueOf(trainer: ReturnType<typeof slowTrainer>) {
  const heard: number[][] = [];
  return { heard, queue: new StepQueue(trainer, ({ step }) => heard.push([...step])) };
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test("a second reading may be asked for, a third waits for the first", async () => {
  const trainer = slowTrainer();
  const { queue, heard } = queueOf(trainer);
  queue.issue(2);
  await queue.read();
  queue.issue(3);
  let isRead = false;
  const reading = queue.read().then(() => (isRead = true));
  await turn();
  expect([trainer.readings.length, isRead]).toEqual([2, false]);
  trainer.readings[0]!.settle();
  await reading;
  expect(heard).toEqual([[1, 2]]);
});

test("a reading that has come is taken without waiting, and only once", async () => {
  const trainer = slowTrainer();
  const { queue, heard } = queueOf(trainer);
  queue.issue(1);
  await queue.read();
  queue.collect();
  expect(heard).toEqual([]);
  trainer.readings[0]!.settle();
  await turn();
  queue.collect();
  queue.collect();
  expect(heard).toEqual([[1]]);
});

test("drain reads everything that was issued, in order, and leaves nothing", async () => {
  const trainer = slowTrainer();
  const { queue, heard } = queueOf(trainer);
  queue.issue(2);
  await queue.read();
  queue.issue(1);
  const drained = queue.drain();
  trainer.readings[0]!.settle();
  await turn();
  trainer.readings[1]!.settle();
  await drained;
  expect(heard).toEqual([[1, 2], [3]]);
  expect(queue.unread).toBe(0);
  await queue.drain();
  expect(trainer.readings.length).toBe(2);
});

test("a reading that fails is told to whoever waits for it next, and to nobody else", async () => {
  const trainer = slowTrainer();
  const { queue } = queueOf(trainer);
  queue.issue(1);
  await queue.read();
  trainer.readings[0]!.fail(new Error("device lost"));
  await turn(); // an unhandled rejection would fail this test run
  queue.collect();
  await expect(queue.drain()).rejects.toThrow("device lost");
});

test("a trainer that bounds itself takes any portion, and has room", async () => {
  const { queue } = queueOf(slowTrainer());
  expect(queue.portion).toBe(Infinity);
  queue.issue(1_000);
  await queue.room();
});

test("of a trainer with submits, a portion is one of them, and whoever waits for room has two in flight at most", async () => {
  const unfinished: (() => void)[] = [];
  const pacer = new SubmitPacer(14, () => 0);
  let most = 0;
  const trainer = {
    ...slowTrainer(),
    submits: pacer,
    train(steps: number) {
      expect(steps).toBe(pacer.stepsPerSubmit);
      pacer.submitted(steps, new Promise<void>((resolve) => unfinished.push(resolve)));
      most = Math.max(most, unfinished.length);
    },
  };
  const queue = new StepQueue(trainer, () => {});
  for (let portion = 0; portion < 20; portion++) {
    queue.issue(queue.portion);
    const room = queue.room();
    if (unfinished.length > 1) unfinished.shift()!();
    // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
    await room;
  }
  expect(most).toBe(2);
});
