/** The compiled trainer against PyTorch's numbers: what it computes of given images and codes, and whole runs where nothing is drawn. */
import { expect, test } from "vitest";
import type { Trainer, TrainerInputs } from "../engine/trainer";
import type { Bytes } from "../protocol/messages";
import { expectClose } from "./close";
import { floats, floatTable, GOLDEN, goldenConfig, goldenInputs, goldenNetwork, goldenTargets, type Golden } from "./golden";

/** WGSL lets exp and log be off by a few units in the last place, and three steps of Adadelta multiply that. */
const TOLERANCE = 1e-4;

type Make = (inputs: TrainerInputs) => Promise<Trainer>;

/** Of dense layers and of convolutions: the kernels that updates end in. */
const EVERY_OPTIMISER = ["ae-bce", "conv-ae-mse"];

export function compiledGoldenSuite(make: Make): void {
  for (const [name, golden] of Object.entries(GOLDEN)) goldenTests(make, name, golden);
}

/** Pixels that are bytes / 255, as a trainer takes them; null of any other. Black and white ones stay so however they are drawn. */
function bytesOf(pixels: Float32Array): Bytes | null {
  const bytes = Uint8Array.from(pixels, (value) => Math.round(255 * value));
  return pixels.every((value, i) => Math.abs(255 * value - bytes[i]!) < 1e-4) ? bytes : null;
}

function goldenTests(make: Make, name: string, golden: Golden): void {
  const labels = golden.labels && Uint8Array.from(golden.labels);
  const build = (trained?: Golden["trained"][number]) => {
    const inputs = { config: goldenConfig(golden, trained), network: goldenNetwork(golden), weights: floatTable(golden.weights) };
    return make({ ...inputs, training: { pixels: Uint8Array.from(golden.images), ...(labels && { labels }) } });
  };
  const imagesOf = (pixels: Bytes) => ({ pixels, count: golden.batch, ...(labels && { labels }) });

  test(`${name}: codes, pixels and losses are PyTorch's`, async () => {
    const { batch, forward } = golden;
    const trainer = await build();
    const [input, target] = [bytesOf(goldenInputs(golden, 0)), bytesOf(goldenTargets(golden, 0))];
    const { mean, logVar } = input === null ? forward : await trainer.encode(imagesOf(input)); // noise beyond [0, 1] is no byte
    expectClose(mean, forward.mean, TOLERANCE, "mean");
    expect(logVar === null).toBe(forward.logVar === null);
    expectClose(logVar ?? [], forward.logVar ?? [], TOLERANCE, "logVar");
    expectClose(await trainer.decode(floats(forward.z), batch, labels), forward.reconstruction, TOLERANCE, "pixels");
    expectClose(await trainer.judge(imagesOf(target!), floats(forward.z)), forward.losses, TOLERANCE, "losses");
    trainer.dispose();
  });

  if (golden.config.model !== "ae" || golden.inputs !== undefined || golden.targets !== undefined) return;
  // Here nothing is drawn, and the batch is the whole data set, so that its order makes no difference.
  for (const trained of EVERY_OPTIMISER.includes(name) ? golden.trained : golden.trained.slice(0, 1)) {
    test(`${name}: three steps of ${trained.optimiser} (${trained.initialiser}) end where PyTorch's do`, async () => {
      const trainer = await build(trained);
      trainer.train(3);
      const weights = await trainer.exportWeights();
      for (const [parameter, expected] of Object.entries(trained.weights)) {
        expectClose(weights[parameter]!, expected, TOLERANCE, parameter);
      }
      trainer.dispose();
    });
  }
}
