/** Dead units, counted image by image from the layers' own sums. */
import { expect, test } from "vitest";
import { fillUniform } from "../lib/random";
import { DEFAULT_CONFIG, type RunConfig } from "../protocol/run-config";
import { multiplications, tallyActivity } from "./activity";
import { encode } from "./forward";
import { initialWeights } from "./initial-weights";
import { describeNetwork } from "./network";

const IMAGE = { height: 4, width: 4, channels: 1 };
const COUNT = 9;

function inputs(config: Partial<RunConfig>) {
  const network = describeNetwork({ ...DEFAULT_CONFIG, ...config }, IMAGE);
  const weights = initialWeights(network, "pytorch", 3);
  const x = new Float32Array(COUNT * network.pixels);
  fillUniform({ seed: 3, stream: 2 }, 0, x);
  return { network, weights, x, z: encode(network, weights, x, COUNT).mean };
}

test("a unit is dead that no image moves, whichever piece the images come in", () => {
  const { network, weights, x, z } = inputs({
    encoder: [
      { units: 6, activation: "relu" },
      { units: 5, activation: "tanh" },
    ],
    decoder: [{ units: 4, activation: "relu" }],
    outputActivation: "tanh",
    reconstruction: "mse",
  });
  // By hand: two units that nothing can lift above 0.
  for (const unit of [1, 4]) weights["encoder.0.bias"]![unit] = -1000;
  const whole = tallyActivity(network, true);
  whole.add({ weights, x, z, count: COUNT });
  const pieces = tallyActivity(network, true);
  for (let i = 0; i < COUNT; i += 2) {
    const count = Math.min(2, COUNT - i);
    pieces.add({ weights, x: x.subarray(i * 16, (i + count) * 16), z: z.subarray(i * 2, (i + count) * 2), count });
  }
  expect(pieces.read()).toEqual(whole.read());

  const alive = (weight: Float32Array, bias: Float32Array, given: Float32Array, units: number) =>
    Array.from({ length: units }, (_, unit) =>
      Array.from({ length: COUNT }, (__, row) => {
        const width = given.length / COUNT;
        let sum = bias[unit]!;
        for (let i = 0; i < width; i++) sum += given[row * width + i]! * weight[i * units + unit]!;
        return sum > 0;
      }).some(Boolean),
    ).filter(Boolean).length;
  expect(whole.read().layers).toEqual([
    { side: "encoder", number: 1, units: 6, dead: 6 - alive(weights["encoder.0.weight"]!, weights["encoder.0.bias"]!, x, 6) },
    { side: "decoder", number: 1, units: 4, dead: 4 - alive(weights["decoder.0.weight"]!, weights["decoder.0.bias"]!, z, 4) },
  ]);
  expect(whole.read().layers[0]!.dead).toBeGreaterThanOrEqual(2);

  const { images, output } = whole.read();
  expect(images).toBe(COUNT);
  expect(output!.least).toBeLessThan(0);
  expect(output!.below0).toBeGreaterThan(0);
  expect(output!.above1).toBe(0); // tanh
});

test("a filter lives if it answers anywhere", () => {
  const { network, weights, x, z } = inputs({
    encoder: [{ filters: 3, kernel: 3, stride: 2, activation: "relu" }],
    decoder: [{ units: 4, activation: "elu" }],
  });
  weights["encoder.0.bias"]!.fill(-1000);
  weights["encoder.0.bias"]![2] = 1000;
  const tally = tallyActivity(network, false);
  tally.add({ weights, x, z, count: COUNT });
  expect(tally.read()).toEqual({ images: COUNT, layers: [{ side: "encoder", number: 1, units: 3, dead: 2 }], output: null });
});

test("multiplications are counted layer by layer", () => {
  expect(multiplications(describeNetwork(DEFAULT_CONFIG, { height: 28, width: 28, channels: 1 }))).toBe(784 * 400 * 2 + 400 * 2 * 3);
  const conv = inputs({ encoder: [{ filters: 3, kernel: 3, stride: 2, activation: "relu" }], decoder: [] }).network;
  expect(multiplications(conv)).toBe(9 * 12 + 2 * (12 * 2) + 2 * 16);
});
