/** What is read of the picture, and what kind of file it is. */
import { expect, test } from "vitest";
import { decode } from "../../../model/forward";
import { initialWeights } from "../../../model/initial-weights";
import { describeNetwork } from "../../../model/network";
import { DATASETS } from "../../../protocol/datasets";
import { DEFAULT_CONFIG } from "../../../protocol/run-config";
import { klToPrior, readHand } from "./hand-reading";
import { isReadbackNoisy, kindOf } from "./read-picture";

const layer = { units: 5, activation: "tanh" as const };
const config = { ...DEFAULT_CONFIG, encoder: [layer], decoder: [layer] };
const network = describeNetwork(config, DATASETS[config.data].image);
const model = { network, weights: initialWeights(network, config.initialiser, 4) };

test("reconstruction and loss are those of the posterior mean: −Σ x log x̂ + (1 − x) log(1 − x̂)", () => {
  const mean = Float32Array.of(0.7, -1.2);
  const pixels = Float32Array.from({ length: 784 }, (_, i) => (i % 11) / 10);
  const { reconstruction, loss, kl } = readHand(model, config, { pixels, mean, logVar: null }, 0)!;
  const decoded = decode(network, model.weights, mean, 1);
  expect(reconstruction).toEqual(decoded);
  const twin = pixels.reduce((nats, x, i) => nats - x * Math.log(decoded[i]!) - (1 - x) * Math.log(1 - decoded[i]!), 0);
  expect(loss / twin).toBeCloseTo(1, 5); // through float32 pixels rather than logits
  expect(kl).toBeNull();
});

test("KL by numerical integration of q log(q ∕ p)", () => {
  const [mean, logVar] = [Float32Array.of(1.5), Float32Array.of(-1)];
  const sigma = Math.exp(-0.5);
  let nats = 0;
  const h = 1e-3;
  for (let z = -8; z < 10; z += h) {
    const q = Math.exp(-((z - 1.5) ** 2) / (2 * sigma ** 2)) / (sigma * Math.sqrt(2 * Math.PI));
    const logRatio = -((z - 1.5) ** 2) / (2 * sigma ** 2) - Math.log(sigma) + (z * z) / 2;
    nats += h * q * logRatio;
  }
  expect(klToPrior(mean, logVar)).toBeCloseTo(nats, 6);
});

test("a picture of another width is not read", () => {
  expect(readHand(model, config, { pixels: new Float32Array(784), mean: new Float32Array(3), logVar: null }, 0)).toBeNull();
  expect(readHand(model, config, { pixels: new Float32Array(1024), mean: new Float32Array(2), logVar: null }, 0)).toBeNull();
});

const text = (value: string) => new TextEncoder().encode(value);

test("a file is what its first bytes say, not its name", () => {
  expect(kindOf(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10))).toBe("image");
  expect(kindOf(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0))).toBe("image");
  expect(kindOf(text("RIFF....WEBPVP8 "))).toBe("image");
  expect(kindOf(text("RIFF....WAVEfmt "))).toBe("kind");
  expect(kindOf(text("\uFEFF \n<?xml version='1.0'?><svg/>"))).toBe("svg");
  expect(kindOf(text("GIF89a"))).toBe("kind");
  expect(kindOf(new Uint8Array())).toBe("kind");
});

/** A canvas that alters one byte. */
const fake = (noise: number) => {
  let held = new Uint8ClampedArray();
  return {
    canvas: { width: 30, height: 10 },
    createImageData: (width: number, height: number) => ({ data: new Uint8ClampedArray(width * height * 4) }),
    putImageData: ({ data }: ImageData) => void (held = data.slice()),
    getImageData: () => ({ data: held.with(101, held[101]! ^ noise) }),
  } as unknown as CanvasRenderingContext2D;
};

test("a canvas that gives back other bytes than it was given is noticed", () => {
  expect(isReadbackNoisy(fake(0))).toBe(false);
  expect(isReadbackNoisy(fake(1))).toBe(true);
});
