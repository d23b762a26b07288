import { expect, test } from "vitest";
import { DEFAULT_CONFIG, type ConvLayer, type RunConfig } from "../../protocol/run-config";
import { draftNetwork } from "./draft-network";

const relu = (units: number) => ({ units, activation: "relu" as const });
const conv = (filters: number): ConvLayer => ({ filters, kernel: 3, stride: 2, activation: "relu" });
const config: RunConfig = { ...DEFAULT_CONFIG, encoder: [conv(32), conv(64)], decoder: [relu(3136), conv(64), conv(32)] };

test("a draft that fits is described as it is", () => {
  const { encoder, parameterCount } = draftNetwork(config);
  expect(encoder.map(({ units }) => units)).toEqual([14 * 14 * 32, 7 * 7 * 64]);
  expect(Number.isFinite(parameterCount)).toBe(true);
});

test("while the grid's units are typed, the images after it stay, and nothing is counted", () => {
  for (const units of [Number.NaN, 100]) {
    const { decoder, output, parameterCount } = draftNetwork({ ...config, decoder: [relu(units), conv(64), conv(32)] });
    expect(decoder.map((layer) => layer.units)).toEqual([Number.NaN, 14 * 14 * 64, 28 * 28 * 32]);
    expect(output.units).toBe(784);
    expect(parameterCount).toBeNaN();
  }
});

test("transposed convolutions without a layer that makes their image are drawn by themselves", () => {
  const { decoder, parameterCount } = draftNetwork({ ...config, decoder: [conv(8)] });
  expect(decoder.map((layer) => layer.units)).toEqual([28 * 28 * 8]);
  expect(parameterCount).toBeNaN();
});

test("layers that fit nowhere have no size and break nothing", () => {
  const eight = draftNetwork({ ...config, decoder: [relu(16), conv(8), conv(8), conv(8)] });
  expect(eight.decoder.map(({ units }) => units)).toEqual([16, Number.NaN, Number.NaN, Number.NaN]);
  const turned = draftNetwork({ ...config, encoder: [relu(16), conv(8)] });
  expect(turned.encoder.map(({ units }) => units)).toEqual([16, Number.NaN]);
  expect(turned.parameterCount).toBeNaN();
});
