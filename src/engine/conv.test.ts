/** The convolutional preset at its full size through the trainer: three ways of computing it agree, and it keeps no memory. */
import { expect, test } from "vitest";
import { decode, encode } from "../model/forward";
import { initialWeights } from "../model/initial-weights";
import { describeNetwork } from "../model/network";
import { PRESETS } from "../protocol/presets";
import type { BackendName, RunConfig } from "../protocol/run-config";
import type { WeightTable } from "../protocol/messages";
import { expectClose } from "../testing/close";
import { openBackend } from "./backend";
import { createTfjsTrainer } from "./tfjs-trainer";
import * as tf from "./tf";
import type { Trainer } from "./trainer";

const IMAGES = 12;
/** Plain descent by the gradient itself, so that weights after a step tell it. */
const CONFIG: RunConfig = {
  ...PRESETS["vae-conv"],
  trainSize: IMAGES,
  batchSize: 3,
  optimiser: "sgd",
  momentum: 0,
  learningRate: 1,
};
const network = describeNetwork(CONFIG, { height: 28, width: 28, channels: 1 });
// Most of a digit is dark.
const pixels = Uint8Array.from({ length: IMAGES * network.pixels }, (_, i) => (i % 5 < 4 ? 0 : (i * 37) % 256));

async function withTrainer<T>(backend: BackendName, work: (trainer: Trainer) => Promise<T>, changes: Partial<RunConfig> = {}): Promise<T> {
  const opened = await openBackend(backend);
  const config = { ...CONFIG, ...changes };
  const weights = initialWeights(network, config.initialiser, config.seed);
  const trainer = createTfjsTrainer({ config, network, weights, training: { pixels } }, backend);
  try {
    return await work(trainer);
  } finally {
    trainer.dispose();
    opened.close();
  }
}

const ONE_IMAGE = { batchSize: 1 } as const;

const heapBytes = () => (tf.engine().backend as unknown as { wasm: { HEAPU8: Uint8Array } }).wasm.HEAPU8.length;

/** Weights before and after a step. */
async function step(trainer: Trainer): Promise<[WeightTable, WeightTable]> {
  const before = await trainer.exportWeights();
  trainer.train(1);
  return [before, await trainer.exportWeights()];
}

test("encodes and decodes as the plain forward pass does", async () => {
  await withTrainer("wasm", async (trainer) => {
    const weights = await trainer.exportWeights();
    const plain = encode(
      network,
      weights,
      Float32Array.from(pixels, (byte) => byte / 255),
      IMAGES,
    );
    const posterior = await trainer.encode({ pixels, count: IMAGES });
    // 3,136 products in float32 on one side, in groups of four on the other.
    expectClose(posterior.mean, plain.mean, 1e-5, "mean");
    expectClose(posterior.logVar!, plain.logVar!, 1e-5, "logVar");
    expectClose(await trainer.decode(plain.mean, IMAGES), decode(network, weights, plain.mean, IMAGES), 1e-5, "pixels");
  });
});

test("a step on wasm, made of forward convolutions, goes where the cpu's own gradient kernels go", async () => {
  const [start, wasm] = await withTrainer("wasm", step, ONE_IMAGE);
  const [, cpu] = await withTrainer("cpu", step, ONE_IMAGE);
  for (const [name, values] of Object.entries(start)) {
    const change = (after: WeightTable) => values.map((value, i) => after[name]![i]! - value);
    // Weights of order 0.1 hold a change to 1e-8, of gradients near 1e-3; sums of 784 products in float32 are off by 1e-5.
    expectClose(change(wasm), change(cpu), 1e-4, name);
    expect(
      change(cpu).some((value) => value !== 0),
      `${name} has moved`,
    ).toBe(true);
  }
}, 30_000); // the cpu backend's loops are long

test("step after step leaves no tensor behind, and wasm's memory does not grow", async () => {
  const withAdam = { optimiser: "adam" } as const;
  await withTrainer(
    "wasm",
    async (trainer) => {
      trainer.train(5);
      await trainer.readLosses();
      const [tensors, bytes] = [tf.memory().numTensors, heapBytes()];
      for (let round = 0; round < 4; round++) {
        trainer.train(10);
        // eslint-disable-next-line no-await-in-loop -- one after the other is the point
        const { objective } = await trainer.readLosses();
        expect(objective!.every(Number.isFinite)).toBe(true);
      }
      expect(tf.memory().numTensors).toBe(tensors);
      expect(heapBytes()).toBe(bytes);
    },
    withAdam,
  );
});
