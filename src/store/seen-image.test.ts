import { expect, test } from "vitest";
import { fillNormal, fillUniform } from "../lib/random";
import { STREAMS } from "../model/streams";
import { DEFAULT_CONFIG, type RunConfig } from "../protocol/run-config";
import { seenImage } from "./seen-image";

const BYTES = Uint8Array.from([0, 51, 102, 153, 204, 255]);
const GREY = Float32Array.from(BYTES, (byte) => byte / 255);
const config = (change: Partial<RunConfig>): RunConfig => ({ ...DEFAULT_CONFIG, seed: 7, ...change });

test("an image that nothing is done to is seen and judged as it is", () => {
  const { seen, target } = seenImage(config({}), BYTES, 3);
  expect(seen).toBe(target);
  expect(target).toEqual(GREY);
});

test("under the Bernoulli likelihood both are black and white, from the uniforms of the image's place", () => {
  const u = new Float32Array(BYTES.length);
  fillUniform({ seed: 7, stream: STREAMS.evaluationBinarisation }, 0, u, 3 * BYTES.length);
  const { seen, target } = seenImage(config({ reconstruction: "bernoulli" }), BYTES, 3);
  expect(seen).toBe(target);
  expect([...target]).toEqual(Array.from(GREY, (grey, i) => (u[i]! < grey ? 1 : 0)));
});

test("a spoilt image is judged against the clean one", () => {
  const noise = new Float32Array(BYTES.length);
  fillNormal({ seed: 7, stream: STREAMS.evaluationCorruption }, 0, noise, 5 * BYTES.length);
  const { seen, target } = seenImage(config({ corruption: "gaussian", corruptionLevel: 0.5 }), BYTES, 5);
  expect(target).toEqual(GREY);
  expect([...seen]).toEqual(Array.from(GREY, (grey, i) => Math.fround(grey + 0.5 * noise[i]!)));
});

test("a discriminator sees its images as they are, whatever the config says beside", () => {
  const { seen, target } = seenImage(config({ model: "gan", corruption: "masking", reconstruction: "bernoulli" }), BYTES, 0);
  expect(seen).toBe(target);
  expect(target).toEqual(GREY);
});
