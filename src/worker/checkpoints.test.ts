/** Checkpoints: which count as good, what is kept of them, and what is let back in. */
import { describe, expect, test } from "vitest";
import type { Checkpoint } from "../engine/trainer";
import { describeNetwork } from "../model/network";
import type { Failure } from "../protocol/failure";
import { MemoryStorage, nextTask, SMALL_CONFIG } from "../testing/session-harness";
import { checkpointBytes, checkpointKey, isCheckpointOf, isFiniteCheckpoint } from "./checkpoint-format";
import { CheckpointKeeper } from "./checkpoint-keeper";
import { CheckpointShelf } from "./checkpoint-shelf";

const NETWORK = describeNetwork(SMALL_CONFIG, { height: 2, width: 2, channels: 1 });

function checkpointAt(step: number): Checkpoint {
  const table = (suffix: string) =>
    Object.fromEntries(NETWORK.parameters.map(({ name, size }) => [name + suffix, new Float32Array(size).fill(step)]));
  return { step, learningRate: 0.001, beta: 1, weights: table(""), slots: { ...table(".mean"), ...table(".meanSquare") } };
}

function openShelf() {
  const storage = new MemoryStorage();
  const refusals: Failure[] = [];
  return { storage, refusals, shelf: new CheckpointShelf(storage, (failure) => refusals.push(failure)) };
}

describe("the key", () => {
  test("does not depend on how a config is written", () => {
    const reordered = Object.fromEntries(Object.entries(SMALL_CONFIG).toReversed()) as typeof SMALL_CONFIG;
    expect(checkpointKey(reordered)).toBe(checkpointKey(SMALL_CONFIG));
  });

  test("differs with every part of it", () => {
    const others = [{ seed: 2 }, { beta: 2 }, { encoder: [] }, { decoder: [{ units: 3, activation: "tanh" as const }] }];
    const keys = [{}, ...others].map((change) => checkpointKey({ ...SMALL_CONFIG, ...change }));
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe("the format", () => {
  test("takes a checkpoint back as it was saved", () => {
    expect(isCheckpointOf(structuredClone(checkpointAt(5)), NETWORK, "adam")).toBe(true);
    // Weights and two slots, 4 bytes a number.
    expect(checkpointBytes(checkpointAt(5))).toBe(3 * 4 * NETWORK.parameterCount);
  });

  const good = checkpointAt(5);
  const name = NETWORK.parameters[0]!.name;
  test.each([
    ["nothing", null],
    ["text", "checkpoint"],
    ["half a step", { ...good, step: 5.5 }],
    ["half an update", { ...good, updates: { discriminator: 3, generator: 2.5 } }],
    ["updates of nobody", { ...good, updates: null }],
    ["a rate that is none", { ...good, learningRate: Number.NaN }],
    ["no weights", { ...good, weights: {} }],
    ["weights that are no floats", { ...good, weights: { ...good.weights, [name]: [1, 2, 3] } }],
    ["weights of another size", { ...good, weights: { ...good.weights, [name]: new Float32Array(1) } }],
    ["a parameter too many", { ...good, weights: { ...good.weights, extra: new Float32Array(1) } }],
    ["weights that are not finite", { ...good, weights: { ...good.weights, [name]: good.weights[name]!.map(() => Number.NaN) } }],
    ["no slots", { ...good, slots: {} }],
    ["a slot of another size", { ...good, slots: { ...good.slots, [`${name}.mean`]: new Float32Array(1) } }],
  ])("turns away %s", (_, value) => {
    expect(isCheckpointOf(value, NETWORK, "adam")).toBe(false);
  });

  test("takes the updates of either side of a GAN back", () => {
    expect(isCheckpointOf({ ...good, updates: { discriminator: 9, generator: 4 } }, NETWORK, "adam")).toBe(true);
  });

  test("turns away the slots of another optimiser", () => {
    expect(isCheckpointOf(good, NETWORK, "sgd")).toBe(false);
  });

  test("sees an infinity among a million numbers", () => {
    const weights = { w: new Float32Array(1_000_000) };
    weights.w[777_777] = Infinity;
    expect(isFiniteCheckpoint({ ...good, weights })).toBe(false);
    expect(isFiniteCheckpoint(good)).toBe(true);
  });
});

describe("the keeper", () => {
  test("counts a checkpoint as good once the losses of its weights were", () => {
    const told: number[] = [];
    const keeper = new CheckpointKeeper(checkpointAt(0), ({ step }) => told.push(step));
    keeper.keep(checkpointAt(10));
    keeper.judgedGood(9);
    expect([keeper.good.step, keeper.newest.step]).toEqual([0, 10]);
    keeper.judgedGood(10);
    keeper.judgedGood(11);
    expect([keeper.good.step, keeper.newest.step]).toEqual([10, 10]);
    expect(told).toEqual([10]);
  });

  test("forgets one that was judged bad", () => {
    const keeper = new CheckpointKeeper(checkpointAt(0), () => {});
    keeper.keep(checkpointAt(10));
    keeper.judgedBad();
    expect(keeper.newest.step).toBe(0);
  });
});

describe("the shelf", () => {
  test("finds what was saved, here and in the next visit", async () => {
    const { storage, shelf } = openShelf();
    shelf.save("a", checkpointAt(5));
    await nextTask();
    expect((await shelf.find("a", NETWORK, "adam"))?.step).toBe(5);
    const later = new CheckpointShelf(storage, () => {});
    expect(await later.find("a", NETWORK, "adam")).toEqual(checkpointAt(5));
    expect(await later.find("b", NETWORK, "adam")).toBeNull();
  });

  test("writes one at a time, and of those that wait only the newest", async () => {
    const written: number[] = [];
    const waiting: (() => void)[] = [];
    const slow = new MemoryStorage();
    slow.save = (_key, { step }) => {
      written.push(step);
      return new Promise<void>((resolve) => waiting.push(resolve));
    };
    const busy = new CheckpointShelf(slow, () => {});
    for (const step of [1, 2, 3]) busy.save("a", checkpointAt(step));
    await nextTask();
    expect(written).toEqual([1]);
    waiting[0]!();
    await nextTask();
    expect(written).toEqual([1, 3]);
  });

  test("what is only remembered, or forgotten, is not in storage", async () => {
    const { storage, shelf } = openShelf();
    shelf.remember("a", checkpointAt(5));
    shelf.save("b", checkpointAt(6));
    await nextTask();
    await shelf.forget("b");
    expect([...storage.saved.keys()]).toEqual([]);
    expect((await shelf.find("b", NETWORK, "adam"))?.step).toBe(6);
    await shelf.discard("b");
    expect(await shelf.find("b", NETWORK, "adam")).toBeNull();
  });

  test("tells of a refusal once and never rejects", async () => {
    const { storage, refusals, shelf } = openShelf();
    storage.refusal = new DOMException("full", "QuotaExceededError");
    shelf.save("a", checkpointAt(5));
    await shelf.forget("a");
    expect(await shelf.find("z", NETWORK, "adam")).toBeNull();
    await nextTask();
    expect(refusals).toEqual([{ kind: "storage-refused", message: "full" }]);
    expect((await shelf.find("a", NETWORK, "adam"))?.step).toBe(5);
  });
});
