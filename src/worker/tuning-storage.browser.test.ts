import { expect, test } from "vitest";
import { DEFAULT_TUNING } from "../engine/compiled/tuning-choice";
import { openTuningStorage } from "./tuning-storage";

test("a choice of kernels outlasts the visit, by adapter", async () => {
  const name = "tuning-storage-test";
  await openTuningStorage(name).save("one adapter", DEFAULT_TUNING);
  const later = openTuningStorage(name);
  expect(await later.load("one adapter")).toEqual(DEFAULT_TUNING);
  expect(await later.load("another adapter")).toBeUndefined();
  // Comes once every connection has closed, which takes a moment; one left open would keep it from ever coming.
  await new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.addEventListener("success", resolve);
    request.addEventListener("error", reject);
  });
});
