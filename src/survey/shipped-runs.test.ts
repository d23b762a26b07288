/** Judges the files in `public/runs` as the survey would get them. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { describeNetwork } from "../model/network";
import { decode, encode } from "../model/forward";
import { DATASETS } from "../protocol/datasets";
import { lossTermsOf } from "../protocol/loss-terms";
import { RECORDED, RECORDED_IDS, recordedConfig, type RecordedId } from "../protocol/recorded";
import { stepsPerEpoch } from "../protocol/run-config";
import type { Site } from "./question";
import { loadRecorded } from "./recorded";
import { unpackRecorded } from "./recorded-file";
import { heldOutLoss } from "./recorded-loss";
import { parseRunsManifest, type RunsManifest } from "./runs-manifest";
import { unpackFile } from "../datasets/unpack";

const PUBLIC = join(import.meta.dirname, "../../public");
const manifestText = readFileSync(join(PUBLIC, "runs/manifest.json"), "utf8");
const bytesOf = (id: RecordedId) => new Uint8Array(readFileSync(join(PUBLIC, `runs/${id}.bin`)));

/** Serves `public/`, as a static host would. */
const site: Site = {
  baseUrl: "http://host/",
  fetch: (url) => {
    const path = join(PUBLIC, url.slice("http://host/".length));
    return Promise.resolve(existsSync(path) ? new Response(new Uint8Array(readFileSync(path))) : new Response(null, { status: 404 }));
  },
};
const load = (id: RecordedId, from: Site = site) => loadRecorded(from, id, new AbortController().signal);

/** What goes over the wire before a recorded run is seen. */
const MOST_BYTES = 1_500_000;
/**
 * Nats that rounding the weights may add to the held-out loss, or take from it. A half has 11 bits: each weight moves by 2^-12 of itself
 * at most, one way or the other, and over hundreds of inputs that cancels. Measured: 0.012 of the emoji's 942 nats, 0.001 or less elsewhere.
 */
const ROUNDING_NATS = 0.05;

test("the manifest names exactly the files that are there", () => {
  const { runs } = JSON.parse(manifestText) as RunsManifest;
  expect(Object.keys(runs).toSorted()).toEqual([...RECORDED_IDS].toSorted());
  expect(readdirSync(join(PUBLIC, "runs")).toSorted()).toEqual(["manifest.json", ...RECORDED_IDS.map((id) => `${id}.bin`)].toSorted());
});

describe.each(RECORDED_IDS)("%s", (id) => {
  const config = recordedConfig(id);
  const network = describeNetwork(config, DATASETS[config.data].image);

  test("is what its checksums say, within its budget", async () => {
    const entry = parseRunsManifest(manifestText, id)!;
    const shipped = bytesOf(id);
    expect(entry.bytes).toBe(shipped.length);
    expect(shipped.length).toBeLessThanOrEqual(MOST_BYTES);
    expect(createHash("sha256").update(shipped).digest("hex")).toBe(entry.sha256);
    const inside = await unpackFile(shipped, entry, undefined); // by length and CRC-32
    expect(inside).not.toBeNull();
    expect(await unpackFile(inside!, entry, crypto.subtle)).not.toBeNull(); // as a server may send it
  });

  test("is the run it is said to be: config, length, a row for every step, an evaluation for every epoch", async () => {
    const run = await load(id);
    const { epochs } = RECORDED[id];
    expect(run).toMatchObject({ id, config, epochs, step: Math.round(epochs * stepsPerEpoch(config)) });
    expect(run.losses.step).toEqual(Uint32Array.from({ length: run.step }, (_, i) => i + 1));
    for (const term of lossTermsOf(config)) expect(run.losses[term]).toHaveLength(run.step);
    expect(run.evaluations).toHaveLength(epochs);
    expect(run.evaluations.at(-1)!.step).toBe(run.step);
  });

  test("its rounded weights are as good as those that were trained", { timeout: 60_000 }, async () => {
    const { weights, rounding, adversarial } = await fileOf(id);
    const { material } = await load(id);
    const pixels = Float32Array.from(material.examples.pixels.subarray(0, rounding.images * network.pixels), (byte) => byte / 255);
    const half = heldOutLoss(config, network, weights, pixels, rounding.images, adversarial?.draws ?? null);
    // The same sums in the same order; V8's own exp may differ in the last bit between versions.
    expect(half).toBeCloseTo(rounding.half, 4);
    expect(Math.abs(half - rounding.single)).toBeLessThan(ROUNDING_NATS);
  });

  test("what is shown of it is what its weights make of the images", async () => {
    const { snapshot, material } = await load(id);
    const { exampleIndices, reconstructions, exampleLosses, posteriorMean, posteriorLogVar, adversarial, weights } = snapshot;
    const count = exampleIndices.length;
    expect(count).toBe(8);
    expect(reconstructions).toHaveLength(count * network.pixels);
    expect(exampleLosses.every((loss) => Number.isFinite(loss))).toBe(true);
    const images = material.examples.labels.length;
    const x = Float32Array.from(material.examples.pixels.subarray(0, 20 * network.pixels), (byte) => byte / 255);
    const found = encode(network, weights, x, 20);
    const codes = adversarial === null ? images * network.latentDim : 0;
    expect(posteriorMean).toHaveLength(codes);
    expect(posteriorLogVar?.length ?? 0).toBe(network.logVar === null ? 0 : codes);
    // Of a GAN the scores are in place of the codes.
    expect(adversarial?.realScores.length ?? images).toBe(images);
    expectNear((adversarial?.realScores ?? posteriorMean).subarray(0, found.mean.length), found.mean);
    expectNear((posteriorLogVar ?? NONE).subarray(0, (found.logVar ?? NONE).length), found.logVar ?? NONE);
    const first = adversarial?.draws.subarray(0, count * network.latentDim) ?? rowsOf(posteriorMean, network.latentDim, exampleIndices);
    expectNear(reconstructions, decode(network, weights, first, count));
  });
});

const NONE = new Float32Array(0);

function rowsOf(table: Float32Array, width: number, rows: readonly number[]): Float32Array {
  return Float32Array.from(rows.flatMap((row) => [...table.subarray(row * width, (row + 1) * width)]));
}

async function fileOf(id: RecordedId) {
  const config = recordedConfig(id);
  const inside = await unpackFile(bytesOf(id), parseRunsManifest(manifestText, id)!, undefined);
  return unpackRecorded(inside!, config, describeNetwork(config, DATASETS[config.data].image));
}

/** Codes are in half precision too: 2^-11 of themselves, here of one number in ten at least. */
function expectNear(given: Float32Array, wanted: Float32Array): void {
  expect(given).toHaveLength(wanted.length);
  const worst = given.reduce((most, value, i) => Math.max(most, Math.abs(value - wanted[i]!) / Math.max(0.1, Math.abs(wanted[i]!))), 0);
  expect(worst).toBeLessThan(2 ** -10);
}

/** The site with another file in the place of one. */
const replaced = (name: string, make: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>): Site => ({
  ...site,
  fetch: async (url) => {
    const response = await site.fetch(url);
    return url.endsWith(name) ? new Response(make(new Uint8Array(await response.arrayBuffer()))) : response;
  },
});
const text = (words: string) => replaced("runs/manifest.json", () => new TextEncoder().encode(words));

describe("what cannot be relied on is refused", () => {
  test("a damaged file", async () => {
    const damaged = replaced("digits-vae.bin", (bytes) => bytes.map((byte, i) => (i === 9_999 ? byte ^ 1 : byte)));
    await expect(load("digits-vae", damaged)).rejects.toMatchObject({ failure: { kind: "data-corrupt", file: "digits-vae.bin" } });
  });

  test("a manifest that is none, and one of another version", async () => {
    await expect(load("digits-vae", text("{"))).rejects.toThrow(/knows no digits-vae/);
    await expect(load("digits-vae", text(manifestText.replace('"version": 1', '"version": 9')))).rejects.toThrow(/knows no digits-vae/);
  });

  test("the run of another config under this name", async () => {
    const { runs } = JSON.parse(manifestText) as RunsManifest;
    const swapped = JSON.stringify({ version: 1, runs: { ...runs, "digits-vae": runs["digits-vae-16"] } });
    await expect(load("digits-vae", text(swapped))).rejects.toThrow(RangeError);
  });
  test("an id from outside", async () => {
    await expect(load("../../etc" as RecordedId)).rejects.toThrow(/there is no run/);
  });
});
