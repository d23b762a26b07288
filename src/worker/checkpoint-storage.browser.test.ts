/** Checkpoints in a real IndexedDB. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { deleteDB, openDB } from "idb";
import type { Checkpoint } from "../engine/trainer";
import { openCheckpointStorage, type CheckpointStorage } from "./checkpoint-storage";

const NAME = "vae-playground-test";

const checkpointAt = (step: number, size = 4): Checkpoint => ({
  step,
  learningRate: 0.001,
  beta: 1,
  weights: { "mean.weight": new Float32Array(size).fill(step) },
  slots: {},
});

let storage: CheckpointStorage;
beforeEach(() => {
  storage = openCheckpointStorage(NAME);
});
afterEach(() => deleteDB(NAME));

test("a checkpoint comes back to the last bit, also to a later visit", async () => {
  await storage.save("a", checkpointAt(5));
  await storage.save("a", checkpointAt(6));
  expect(await storage.load("a")).toEqual(checkpointAt(6));
  expect(await openCheckpointStorage(NAME).load("a")).toEqual(checkpointAt(6));
  expect(await storage.load("b")).toBeNull();
});

test("a removed one is gone", async () => {
  await storage.save("a", checkpointAt(5));
  await storage.remove("a");
  expect(await storage.load("a")).toBeNull();
});

test("the newest four are kept", async () => {
  for (const key of ["a", "b", "c", "d", "e", "f"]) {
    await storage.save(key, checkpointAt(1));
    await new Promise((resolve) => setTimeout(resolve, 2)); // so that no two were saved in the same millisecond
  }
  const kept = [];
  for (const key of ["a", "b", "c", "d", "e", "f"]) if ((await storage.load(key)) !== null) kept.push(key);
  expect(kept).toEqual(["c", "d", "e", "f"]);
});

test("one that would take all the room is refused", async () => {
  await expect(storage.save("a", checkpointAt(5, 2 ** 25 + 1))).rejects.toThrow(/more than/);
});

test("another version's checkpoint is not read", async () => {
  await storage.save("a", checkpointAt(5));
  const database = await openDB(NAME, 1);
  await database.put("checkpoints", { key: "a", format: 99, savedAt: 0, checkpoint: {} });
  database.close();
  expect(await storage.load("a")).toBeNull();
});

test("a newer version in another tab is let through, and told of at the next call", async () => {
  await storage.save("a", checkpointAt(5));
  const newer = await openDB(NAME, 2);
  await expect(storage.load("a")).rejects.toThrow(/version/);
  newer.close();
});
