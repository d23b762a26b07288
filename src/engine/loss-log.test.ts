import { afterAll, beforeAll, expect, test } from "vitest";
import { lossTermsOf } from "../protocol/loss-terms";
import { openBackend, type OpenBackend } from "./backend";
import { LossLog } from "./loss-log";
import * as tf from "./tf";

let opened: OpenBackend;
beforeAll(async () => {
  opened = await openBackend("cpu");
});
afterAll(() => opened.close());

const PLAIN = lossTermsOf({ model: "vae", klMode: "plain" });

function pushed(log: LossLog, first: number, last: number): void {
  for (let step = first; step <= last; step++) {
    log.push(step, { reconstruction: tf.tensor1d([step + 0.5]), kl: tf.tensor1d([2]) }, step);
  }
}

test("every step comes back once, in order, with the objective of its own β", async () => {
  const before = tf.memory().numTensors;
  const log = new LossLog(PLAIN);
  pushed(log, 1, 600); // two packs and some singles
  const { step, reconstruction, kl, objective } = await log.take();
  expect([...step]).toEqual(Array.from({ length: 600 }, (_, i) => i + 1));
  expect([...reconstruction!]).toEqual(Array.from(step, (s) => s + 0.5));
  expect(new Set(kl)).toEqual(new Set([2]));
  expect([...objective!]).toEqual(Array.from(step, (s) => s + 0.5 + s * 2));
  expect(tf.memory().numTensors).toBe(before);
  expect((await log.take()).step).toHaveLength(0);
});

test("tensors stay few however long nobody asks", () => {
  const log = new LossLog(PLAIN);
  const before = tf.memory().numTensors;
  pushed(log, 1, 256 * 4);
  expect(tf.memory().numTensors - before).toBe(8);
  log.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test("beyond 65,536 steps the oldest are forgotten", async () => {
  const log = new LossLog(PLAIN);
  pushed(log, 1, 65_536 + 256);
  const { step, reconstruction } = await log.take();
  expect(step).toHaveLength(65_536);
  expect([step[0], reconstruction![0], step.at(-1)]).toEqual([257, 257.5, 65_792]);
});

const one = (value: number) => Float32Array.from([value]);

test("the objective is made of the penalty where there is one, and of nothing where a run has none", async () => {
  const charged = new LossLog(lossTermsOf({ model: "vae", klMode: "capacity" }));
  charged.push(1, { reconstruction: tf.tensor1d([10]), kl: tf.tensor1d([2]), penalty: tf.tensor1d([5]) }, 3);
  const step = Uint32Array.from([1]);
  expect(await charged.take()).toEqual({ step, reconstruction: one(10), kl: one(2), penalty: one(5), objective: one(25) });

  const adversarial = new LossLog(lossTermsOf({ model: "gan", klMode: "plain" }));
  const [discriminator, generator, realScore, fakeScore] = [1, 2, 3, 4].map((value) => tf.tensor1d([value]));
  adversarial.push(1, { discriminator: discriminator!, generator: generator!, realScore: realScore!, fakeScore: fakeScore! });
  expect(await adversarial.take()).toEqual({ step, discriminator: one(1), generator: one(2), realScore: one(3), fakeScore: one(4) });
});
