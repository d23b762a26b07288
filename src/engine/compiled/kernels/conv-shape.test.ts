/** Where the parameters of convolutions lie, and how their gradients' sums are split: layouts as numbers. */
import { expect, test } from "vitest";
import { describeNetwork, type ConvSpec, type LayerSpec } from "../../../model/network";
import { convMatrices, evenShare } from "./conv-shape";
import { weightSplits } from "./conv-weights";

/** Keras' convolutional VAE. */
const NETWORK = describeNetwork(
  {
    model: "vae",
    latentDim: 2,
    outputActivation: "sigmoid",
    encoder: [
      { filters: 32, kernel: 3, stride: 2, activation: "relu" },
      { filters: 64, kernel: 3, stride: 2, activation: "relu" },
      { units: 16, activation: "relu" },
    ],
    decoder: [
      { units: 3136, activation: "relu" },
      { filters: 64, kernel: 3, stride: 2, activation: "relu" },
      { filters: 30, kernel: 3, stride: 2, activation: "relu" },
    ],
  },
  { height: 28, width: 28, channels: 1 },
);

function conv(layer: LayerSpec | undefined): ConvSpec {
  if (layer === undefined || layer.kind === "dense") throw new RangeError("conv: no convolution");
  return layer;
}

test("a convolution's matrix ends in its bias, and one near channel costs one row", () => {
  const [matrix, ...others] = convMatrices(conv(NETWORK.encoder[0]));
  expect(others).toEqual([]);
  expect(matrix).toMatchObject({ name: "encoder.0", rows: 10, columns: 32 });
  expect(matrix!.places).toMatchObject([
    { name: "encoder.0.weight", rows: 9, columns: 32, firstRow: 0, rowGroup: { size: 1, stride: 1 } },
    { name: "encoder.0.bias", rows: 1, columns: 32, firstRow: 9 },
  ]);
});

test("a transposed convolution's bias is a matrix of its own, as long as the near channels", () => {
  const matrices = convMatrices(conv(NETWORK.decoder[2]));
  expect(matrices).toMatchObject([
    { name: "decoder.2", rows: 9 * 32, columns: 64, places: [{ rows: 9 * 30, rowGroup: { size: 30, stride: 32 } }] },
    { name: "decoder.2 bias", rows: 1, columns: 32, places: [{ rows: 1, columns: 30, columnGroup: { size: 30, stride: 32 } }] },
  ]);
});

test("every strip and every pixel is in exactly one split, and there are enough splits for a large GPU", () => {
  for (const layer of [NETWORK.encoder[0], NETWORK.encoder[1], NETWORK.decoder[1], NETWORK.decoder[2], NETWORK.output]) {
    const spec = conv(layer);
    for (const images of [1, 7, 128, 1024]) {
      const splits = weightSplits({ spec, images, source: "activations" });
      expect((splits.splits - 1) * splits.stripsPerSplit).toBeLessThan(splits.strips);
      expect(splits.splits * splits.stripsPerSplit).toBeGreaterThanOrEqual(splits.strips);
      const pixels = images * spec.to.height * spec.to.width;
      expect((splits.biasSplits - 1) * splits.biasPixels).toBeLessThan(pixels);
      expect(splits.biasSplits * splits.biasPixels).toBeGreaterThanOrEqual(pixels);
      expect(splits.bytes).toBe(16 * (splits.splits * splits.weights4 + splits.biasSplits * splits.outputs4));
      expect(splits.splits).toBeGreaterThanOrEqual(Math.min(images, 16));
    }
  }
});

test("shares out evenly", () => {
  expect(evenShare(28, 8)).toEqual({ shares: 4, size: 7 });
  expect(evenShare(5, 4)).toEqual({ shares: 2, size: 3 });
  expect(evenShare(3, 8)).toEqual({ shares: 1, size: 3 });
});
