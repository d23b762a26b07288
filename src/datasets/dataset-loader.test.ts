import { gunzipSync } from "fflate";
import { beforeEach, expect, test, vi } from "vitest";
import type { DatasetId } from "../protocol/datasets";
import { FailureError } from "../protocol/failure";
import { tinyDataset, tinyImages, tinyServer, type TinyDataset, type TinyServer } from "../testing/packed-dataset";
import { createDatasetLoader, type DatasetLoader } from "./dataset-loader";
import { pixelEntropyFloor } from "./pixel-entropy";

const PIXELS = 6;

let tiny: TinyDataset;
let server: TinyServer;
let loader: DatasetLoader;

beforeEach(() => {
  tiny = tinyDataset();
  server = tinyServer(tiny);
  loader = createDatasetLoader({ baseUrl: "http://host/data/", fetch: server.fetch });
});

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof FailureError ? error.failure : error;
}

/** An answer that comes when it is told to. */
function held(file: string): () => void {
  const gate: { open?: () => void } = {};
  const opened = new Promise<void>((resolve) => {
    gate.open = resolve;
  });
  server.answers.set(file, async () => {
    await opened;
    return new Response(tiny.files.get(file));
  });
  return () => gate.open?.();
}

test("brings images and labels of both splits, in order", async () => {
  const data = await loader.load("mnist", { trainSize: 10 });
  await data.waitForAll();
  expect(data.training).toEqual(tinyImages(0, 10).pixels);
  expect(data.trainingLabels).toEqual(tinyImages(0, 10).labels);
  expect(data.heldOut).toEqual(tinyImages(100, 5).pixels);
  expect(data.heldOutLabels).toEqual(tinyImages(100, 5).labels);
  expect(data.classNames).toEqual({ en: ["a", "b"], zh: ["甲", "乙"] });
  expect([data.available, data.heldOutAvailable]).toEqual([10, 5]);
});

test("training can start when the first file is here; the arrays are whole from the start", async () => {
  const releaseSecond = held("train-01.bin");
  const data = await loader.load("mnist", { trainSize: 10 });
  expect(data.training).toHaveLength(10 * PIXELS);
  await data.waitFor(4);
  await data.waitForHeldOut(5);
  expect(data.available).toBe(4);
  expect(data.training.slice(0, 4 * PIXELS)).toEqual(tinyImages(0, 4).pixels);
  let isHere = false;
  const all = data.waitFor(10).then(() => (isHere = true));
  await new Promise((resolve) => setTimeout(resolve));
  expect(isHere).toBe(false);
  releaseSecond();
  await all;
  expect(data.training).toEqual(tinyImages(0, 10).pixels);
});

test("fetches only the files that the wanted images are in, and cuts the arrays to what is wanted", async () => {
  const data = await loader.load("mnist", { trainSize: 3, heldOutSize: 2 });
  await data.waitForAll();
  expect(server.requests).toEqual(["manifest.json no-cache", "train-00.bin", "held-out-00.bin"]);
  expect(data.training).toEqual(tinyImages(0, 3).pixels);
  expect(data.heldOutLabels).toEqual(tinyImages(100, 2).labels);
  expect([data.available, data.heldOutAvailable]).toEqual([3, 2]);
});

test("asks first for what the first picture needs", async () => {
  await (await loader.load("mnist", { trainSize: 10, heldOutFirst: 2 })).waitForAll();
  expect(server.requests.slice(1)).toEqual(["train-00.bin", "held-out-00.bin", "train-01.bin", "train-02.bin", "held-out-01.bin"]);
});

test("tells progress in shipped bytes, never backwards, up to the whole", async () => {
  const told: [number, number][] = [];
  await (await loader.load("mnist", { trainSize: 10, onProgress: (done, total) => told.push([done, total]) })).waitForAll();
  const total = [...tiny.manifest.train, ...tiny.manifest.heldOut].reduce((sum, { bytes }) => sum + bytes, 0);
  expect(told[0]).toEqual([0, total]);
  expect(told.at(-1)).toEqual([total, total]);
  expect(told.map(([done]) => done)).toEqual(told.map(([done]) => done).toSorted((a, b) => a - b));
});

test("takes files that the server unpacked on the way", async () => {
  for (const { file } of [...tiny.manifest.train, ...tiny.manifest.heldOut]) {
    const inside = new Uint8Array(gunzipSync(tiny.files.get(file)!));
    server.answers.set(file, () => new Response(inside));
  }
  const data = await loader.load("mnist", { trainSize: 10 });
  await data.waitForAll();
  expect(data.training).toEqual(tinyImages(0, 10).pixels);
});

test("loads without crypto.subtle, and still sees damage", async () => {
  loader = createDatasetLoader({ baseUrl: "http://10.0.0.2/data/", fetch: server.fetch, subtle: undefined });
  await (await loader.load("mnist", { trainSize: 10 })).waitForAll();
  server.answers.set("train-00.bin", () => new Response(damaged("train-00.bin")));
  loader = createDatasetLoader({ baseUrl: "http://10.0.0.2/data/", fetch: server.fetch, subtle: undefined });
  const failure = await failureOf((await loader.load("mnist", { trainSize: 10 })).waitFor(1));
  expect(failure).toEqual({ kind: "data-corrupt", dataset: "mnist", file: "train-00.bin" });
});

function damaged(file: string): Uint8Array<ArrayBuffer> {
  const bytes = tiny.files.get(file)!.slice();
  bytes[bytes.length >> 1]! ^= 0x10;
  return bytes;
}

test("a damaged file is fetched once more past the caches, then fails by name", async () => {
  server.answers.set("train-01.bin", () => new Response(damaged("train-01.bin")));
  const data = await loader.load("mnist", { trainSize: 10 });
  expect(await failureOf(data.waitFor(10))).toEqual({ kind: "data-corrupt", dataset: "mnist", file: "train-01.bin" });
  expect(server.requests.filter((request) => request.startsWith("train-01"))).toEqual(["train-01.bin", "train-01.bin reload"]);
  await expect(data.waitFor(4)).resolves.toBeUndefined(); // what is here is here
  expect(await failureOf(data.waitFor(10))).toMatchObject({ kind: "data-corrupt" }); // who asks later is told too
});

test("a damaged copy in a cache is got over", async () => {
  let answers = 0;
  server.answers.set("train-00.bin", () => new Response(answers++ === 0 ? damaged("train-00.bin") : tiny.files.get("train-00.bin")));
  const data = await loader.load("mnist", { trainSize: 4 });
  await data.waitForAll();
  expect(data.training).toEqual(tinyImages(0, 4).pixels);
});

test.each([
  ["an answer of 404", () => new Response("gone", { status: 404 }), 404],
  ["an answer of 503", () => new Response(null, { status: 503 }), 503],
  ["no answer", () => Promise.reject(new TypeError("Failed to fetch")), 0],
  ["an answer that breaks off", () => new Response(new ReadableStream({ pull: (control) => control.error(new TypeError("network")) })), 0],
])("%s is a missing file", async (_, answer, status) => {
  server.answers.set("held-out-01.bin", answer);
  const data = await loader.load("mnist", { trainSize: 10 });
  expect(await failureOf(data.waitForHeldOut(5))).toEqual({ kind: "data-missing", dataset: "mnist", file: "held-out-01.bin", status });
  server.answers.set("manifest.json", answer);
  const fresh = createDatasetLoader({ baseUrl: "http://host/data/", fetch: server.fetch });
  expect(await failureOf(fresh.load("mnist", { trainSize: 10 }))).toEqual({
    kind: "data-missing",
    dataset: "mnist",
    file: "manifest.json",
    status,
  });
});

test("a page in place of the manifest is a damaged manifest", async () => {
  server.answers.set("manifest.json", () => new Response("<!doctype html>"));
  expect(await failureOf(loader.load("mnist", { trainSize: 10 }))).toEqual({
    kind: "data-corrupt",
    dataset: "mnist",
    file: "manifest.json",
  });
});

test("a retry fetches only what is not here", async () => {
  server.answers.set("train-02.bin", () => new Response(null, { status: 500 }));
  const broken = await loader.load("mnist", { trainSize: 10 });
  await failureOf(broken.waitForAll());
  await broken.waitFor(4);
  const before = server.requests.length;
  const wasHere = broken.available;

  server.answers.clear();
  const done: number[] = [];
  const data = await loader.load("mnist", { trainSize: 10, onProgress: (bytes) => done.push(bytes) });
  await data.waitForAll();
  expect(data.training).toEqual(tinyImages(0, 10).pixels);
  expect(wasHere).toBeGreaterThanOrEqual(4);
  expect(server.requests.slice(before)).not.toContain("train-00.bin");
  expect(server.requests.slice(before)).not.toContain("manifest.json no-cache");
  expect(server.requests.slice(before)).toContain("train-02.bin");
  expect(done[0]).toBeGreaterThan(0);
});

test("another number of images fetches only the difference, and leaves the earlier arrays alone", async () => {
  const small = await loader.load("mnist", { trainSize: 4 });
  await small.waitForAll();
  server.requests.length = 0;
  const large = await loader.load("mnist", { trainSize: 10 });
  await large.waitForAll();
  expect(server.requests).toEqual(["train-01.bin", "train-02.bin"]);
  expect(large.training).toEqual(tinyImages(0, 10).pixels);
  expect(small.training).toEqual(tinyImages(0, 4).pixels);
});

test("gives the entropy floor before the bulk is here, and exactly", async () => {
  held("train-00.bin");
  const whole = await loader.load("mnist", { trainSize: 8 });
  const floor = await whole.entropyFloor();
  // Float64 sums in another order: equal to the last few digits.
  expect(floor.train).toBeCloseTo(pixelEntropyFloor(tinyImages(0, 8).pixels, PIXELS), 12);
  expect(floor.heldOut).toBeCloseTo(pixelEntropyFloor(tinyImages(100, 5).pixels, PIXELS), 12);
  server.answers.clear();
  const part = await loader.load("mnist", { trainSize: 7, heldOutSize: 4 });
  expect((await part.entropyFloor()).train).toBeCloseTo(pixelEntropyFloor(tinyImages(0, 7).pixels, PIXELS), 12);
  expect((await part.entropyFloor()).heldOut).toBeCloseTo(pixelEntropyFloor(tinyImages(100, 4).pixels, PIXELS), 12);
});

test("abort ends the waiting at once, with the signal's reason, whatever is still on its way", async () => {
  held("train-00.bin");
  held("held-out-00.bin");
  const control = new AbortController();
  const data = await loader.load("mnist", { trainSize: 10, signal: control.signal });
  const waiting = failureOf(data.waitFor(1));
  control.abort("another run");
  expect(await waiting).toBe("another run");
  expect(await failureOf(loader.load("mnist", { trainSize: 10, signal: control.signal }))).toBe("another run");
});

test("abort while the manifest is on its way is no missing file", async () => {
  const control = new AbortController();
  const stopped = new Promise<Response>((_, reject) => control.signal.addEventListener("abort", () => reject(control.signal.reason)));
  server.answers.set("manifest.json", () => stopped);
  const loading = failureOf(loader.load("mnist", { trainSize: 10, signal: control.signal }));
  await new Promise((resolve) => setTimeout(resolve)); // until the request is out
  control.abort("another run");
  expect(await loading).toBe("another run");
});

test("a new load ends the one before it", async () => {
  held("train-00.bin");
  const first = await loader.load("mnist", { trainSize: 10 });
  const waiting = failureOf(first.waitFor(1));
  server.answers.clear();
  await (await loader.load("mnist", { trainSize: 10 })).waitForAll();
  expect(await waiting).toMatchObject({ name: "AbortError" });
});

test("keeps one data set at a time", async () => {
  await (await loader.load("mnist", { trainSize: 10 })).waitForAll();
  tiny.files.set("manifest.json", new TextEncoder().encode(JSON.stringify({ ...tiny.manifest, id: "shapes" satisfies DatasetId })));
  server.requests.length = 0;
  const other = await loader.load("shapes", { trainSize: 10 });
  await other.waitForAll();
  expect(other.id).toBe("shapes");
  expect(server.requests).toContain("train-00.bin");
});

test("refuses more images than there are", async () => {
  await expect(loader.load("mnist", { trainSize: 11 })).rejects.toThrow(RangeError);
  await expect(loader.load("mnist", { trainSize: 10, heldOutSize: 6 })).rejects.toThrow(RangeError);
  await expect(loader.load("mnist", { trainSize: 0 })).rejects.toThrow(RangeError);
});

test("a failure that nobody waits for stays quiet", async () => {
  const unhandled = vi.fn<() => void>();
  process.on("unhandledRejection", unhandled);
  server.answers.set("train-00.bin", () => new Response(null, { status: 404 }));
  await loader.load("mnist", { trainSize: 10 });
  await new Promise((resolve) => setTimeout(resolve, 20));
  process.off("unhandledRejection", unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});
