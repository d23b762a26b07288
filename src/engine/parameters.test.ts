import { expect, test } from "vitest";
import { DEFAULT_CONFIG } from "../protocol/run-config";
import { describeNetwork } from "../model/network";
import { layoutFor } from "./parameters";

const image = { height: 28, width: 28, channels: 1 };
const preset = describeNetwork(DEFAULT_CONFIG, image);

test("webgpu has all parameters in one vector, wasm and cpu one for each", () => {
  expect(layoutFor(preset, "webgpu").blocks).toEqual([preset.parameters]);
  for (const backend of ["wasm", "cpu"] as const) {
    expect(layoutFor(preset, backend).blocks).toEqual(preset.parameters.map((parameter) => [parameter]));
  }
});

test("every parameter has its place right after the one before", () => {
  const { places } = layoutFor(preset, "webgpu");
  expect(places.get("encoder.0.weight")).toMatchObject({ block: 0, offset: 0 });
  expect(places.get("encoder.0.bias")).toMatchObject({ block: 0, offset: 784 * 400 });
  expect(places.get("mean.weight")).toMatchObject({ block: 0, offset: 784 * 400 + 400 });
  expect(places.get("output.bias")).toMatchObject({ block: 0, offset: preset.parameterCount - 784 });
});

test("a network larger than a device can bind at once is cut into vectors that it can", () => {
  const wide = Array.from({ length: 8 }, () => ({ units: 4096, activation: "relu" as const }));
  const network = describeNetwork({ ...DEFAULT_CONFIG, encoder: wide, decoder: wide }, image);
  const { blocks } = layoutFor(network, "webgpu");
  expect(blocks.flat()).toEqual(network.parameters);
  const sizes = blocks.map((block) => block.reduce((sum, { size }) => sum + size, 0));
  expect(Math.max(...sizes)).toBeLessThanOrEqual(2 ** 25);
  // Few: no two neighbours would have fitted into one.
  sizes.slice(1).forEach((size, i) => expect(size + sizes[i]!).toBeGreaterThan(2 ** 25));
});
