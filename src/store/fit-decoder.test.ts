import { expect, test } from "vitest";
import { decoderGrid, type ConvLayer } from "../protocol/run-config";
import { enlargement, fitDecoder, gridIndex, gridSize, mostChannels, usualChannels } from "./fit-decoder";

const image = { height: 28, width: 28, channels: 1 };
const dense = (units: number) => ({ units, activation: "relu" as const });
const conv = (filters: number, stride: 1 | 2 = 2): ConvLayer => ({ filters, kernel: 3, stride, activation: "tanh" });

test("a decoder without transposed convolutions fits as it is", () => {
  const plain = [dense(17), dense(400)];
  expect(fitDecoder(plain, image)).toBe(plain);
  expect(gridIndex(plain)).toBe(-1);
  expect(gridSize(plain, image)).toEqual({ height: 28, width: 28 });
});

test("the last dense layer is taken to the nearest number that fills the grid", () => {
  expect(fitDecoder([dense(16), dense(3000), conv(64), conv(32)], image)).toEqual([dense(16), dense(2989), conv(64), conv(32)]); // 61 · 49
  expect(fitDecoder([dense(20), conv(64), conv(32)], image)[0]).toEqual(dense(49)); // never less than one channel
  expect(fitDecoder([dense(4000), conv(8, 1)], image)[0]).toEqual(dense(3920)); // nor more than 4,096 units: 5 · 784
  const fits = [dense(3136), conv(64), conv(32)];
  expect(fitDecoder(fits, image)).toBe(fits);
});

test("where there is no dense layer, one is put before them, with the first convolution's filters where they have room", () => {
  expect(fitDecoder([conv(64), conv(32)], image)).toEqual([{ units: 3136, activation: "tanh" }, conv(64), conv(32)]);
  expect(fitDecoder([conv(32)], image)[0]).toEqual({ units: 14 * 14 * 16, activation: "tanh" }); // 32 · 196 is beyond 4,096
  expect([usualChannels(conv(20), { height: 14, width: 14 }), mostChannels({ height: 14, width: 14 })]).toEqual([20, 20]);
});

test("what it makes always has a grid, whatever number was there", () => {
  for (const units of [1, 48, 49, 50, 399, 4096]) {
    for (const convs of [[conv(8)], [conv(8), conv(4, 1)], [conv(8), conv(4)]]) {
      expect(decoderGrid(fitDecoder([dense(units), ...convs], image), image)).not.toBeNull();
    }
  }
});

test("strides that do not divide the image, and units that are being typed, are left for the issues to name", () => {
  const eight = [dense(400), conv(8), conv(8), conv(8)];
  expect([enlargement(eight), gridSize(eight, image)]).toEqual([8, null]);
  expect(fitDecoder(eight, image)).toBe(eight);
  const typing = [dense(Number.NaN), conv(8)];
  expect(fitDecoder(typing, image)).toBe(typing);
});
