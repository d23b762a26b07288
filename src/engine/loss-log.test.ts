import { afterAll, beforeAll, expect, test } from "vitest";
import { openBackend, type OpenBackend } from "./backend";
import { LossLog } from "./loss-log";
import * as tf from "./tf";

let opened: OpenBackend;
beforeAll(async () => {
  opened = await openBackend("cpu");
});
afterAll(() => opened.close());

function pushed(log: LossLog, first: number, last: number): void {
  for (let step = first; step <= last; step++) log.push(step, step, tf.tensor1d([step + 0.5]), tf.tensor1d([2]));
}

test("every step comes back once, in order, with the objective of its own β", async () => {
  const before = tf.memory().numTensors;
  const log = new LossLog();
  pushed(log, 1, 600); // two packs and some singles
  const { step, reconstruction, kl, objective } = await log.take();
  expect([...step]).toEqual(Array.from({ length: 600 }, (_, i) => i + 1));
  expect([...reconstruction]).toEqual(Array.from(step, (s) => s + 0.5));
  expect(new Set(kl)).toEqual(new Set([2]));
  expect([...objective]).toEqual(Array.from(step, (s) => s + 0.5 + s * 2));
  expect(tf.memory().numTensors).toBe(before);
  expect((await log.take()).step).toHaveLength(0);
});

test("tensors stay few however long nobody asks", () => {
  const log = new LossLog();
  const before = tf.memory().numTensors;
  pushed(log, 1, 256 * 4);
  expect(tf.memory().numTensors - before).toBe(8);
  log.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test("beyond 65,536 steps the oldest are forgotten", async () => {
  const log = new LossLog();
  pushed(log, 1, 65_536 + 256);
  const { step, reconstruction } = await log.take();
  expect(step).toHaveLength(65_536);
  expect([step[0], reconstruction[0], step.at(-1)]).toEqual([257, 257.5, 65_792]);
});
