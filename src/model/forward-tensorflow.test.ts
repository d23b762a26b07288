/** The plain forward pass against TensorFlow.js, at the sizes of the presets. */
import { describe, expect, test } from "vitest";
import { openBackend } from "../engine/backend";
import { createTfjsTrainer } from "../engine/tfjs-trainer";
import { expectClose } from "../testing/close";
import { draws } from "../testing/draws";
import { ACTIVATIONS, DEFAULT_CONFIG, OUTPUT_ACTIVATIONS, POINT_DEFAULTS, type RunConfig } from "../protocol/run-config";
import { PRESETS } from "../protocol/presets";
import { DATASETS } from "../protocol/datasets";
import { decode, encode } from "./forward";
import { describeNetwork } from "./network";
import { initialWeights } from "./initial-weights";

/** Both store float32; wasm also adds in it, 784 products to a unit. */
const TOLERANCE = 1e-5;

/** The largest convolutions take TensorFlow.js' cpu backend seconds. */
const TIMEOUT_MS = 60_000;

const CONFIGS: Readonly<Record<string, RunConfig>> = {
  "dense, 2 dimensions": PRESETS["vae-plane"],
  "dense, 20 dimensions": PRESETS["vae-20"],
  "deep and narrow": PRESETS["ae-deep"],
  "shapes, two layers each way": PRESETS["beta-vae-shapes"],
  "points, linear outputs": { ...DEFAULT_CONFIG, ...POINT_DEFAULTS, data: "swissroll" },
  "told a label": PRESETS["vae-conditional"],
  convolutions: PRESETS["vae-conv"],
  "convolutions, told a label": { ...PRESETS["ae-conv"], conditional: true },
};

/** Of every activation one network, small. */
const ACTIVATED: Readonly<Record<string, RunConfig>> = Object.fromEntries(
  ACTIVATIONS.map((activation, i) => {
    const layer = [
      { units: 30, activation },
      { units: 20, activation },
    ];
    const outputActivation = OUTPUT_ACTIVATIONS[i % OUTPUT_ACTIVATIONS.length]!;
    const config: RunConfig = { ...DEFAULT_CONFIG, model: "ae", reconstruction: "mse", encoder: layer, decoder: layer, outputActivation };
    return [`${activation}, then ${outputActivation}`, config];
  }),
);

describe.each(["cpu", "wasm"] as const)("on %s", (backend) => {
  test.each(Object.entries({ ...CONFIGS, ...ACTIVATED }))("%s", { timeout: TIMEOUT_MS }, async (_name, config) => {
    const network = describeNetwork(config, DATASETS[config.data].image);
    const weights = initialWeights(network, "pytorch", 3);
    const count = 3;
    // A third dark, as digits are; an odd number of lit pixels in each.
    const images = Uint8Array.from({ length: count * network.pixels }, (_, i) => (i % 3 === 0 ? 0 : (i * 37) % 256));
    const labels = Uint8Array.from([4, 0, 9]);
    const z = draws(95, count * network.latentDim);
    const opened = await openBackend(backend, { engine: "tfjs" });
    try {
      const trainer = createTfjsTrainer({ config, network, weights, training: { pixels: images, labels } }, backend);
      const posterior = await trainer.encode({ pixels: images, count, labels });
      const plain = encode(
        network,
        weights,
        Float32Array.from(images, (byte) => byte / 255),
        count,
        labels,
      );
      expectClose(plain.mean, posterior.mean, TOLERANCE, "mean");
      expect(plain.logVar === null).toBe(posterior.logVar === null);
      expectClose(plain.logVar ?? [], posterior.logVar ?? [], TOLERANCE, "logVar");
      expectClose(decode(network, weights, z, count, labels), await trainer.decode(z, count, labels), TOLERANCE, "pixels");
      trainer.dispose();
    } finally {
      opened.close();
    }
  });
});
