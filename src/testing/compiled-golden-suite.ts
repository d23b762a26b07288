/** The compiled trainer against PyTorch's numbers: what it computes of given codes, and whole runs where no noise is drawn. */
import { expect, test } from "vitest";
import { compiledRefusal } from "../engine/capability";
import type { Trainer, TrainerInputs } from "../engine/trainer";
import { expectClose } from "./close";
import { floats, floatTable, GOLDEN, goldenConfig, goldenNetwork, type Golden } from "./golden";

/** WGSL lets exp and log be off by a few units in the last place, and three steps of Adadelta multiply that. */
const TOLERANCE = 1e-4;

type Make = (inputs: TrainerInputs) => Promise<Trainer>;

export function compiledGoldenSuite(make: Make): void {
  for (const [name, golden] of Object.entries(GOLDEN)) {
    if (compiledRefusal(goldenConfig(golden)) === null) goldenTests(make, name, golden);
  }
}

function goldenTests(make: Make, name: string, golden: Golden): void {
  const build = (trained?: Golden["trained"][number]) => {
    const inputs = { config: goldenConfig(golden, trained), network: goldenNetwork(golden), weights: floatTable(golden.weights) };
    return make({ ...inputs, training: { pixels: Uint8Array.from(golden.images) } });
  };

  test(`${name}: codes, pixels and losses are PyTorch's`, async () => {
    const { batch, forward, config, images } = golden;
    const trainer = await build();
    const bytes = Uint8Array.from(images);
    const { mean, logVar } = await trainer.encode({ pixels: bytes, count: batch });
    expectClose(mean, forward.mean, TOLERANCE, "mean");
    expect(logVar === null).toBe(forward.logVar === null);
    if (logVar !== null) expectClose(logVar, forward.logVar!, TOLERANCE, "logVar");
    expectClose(await trainer.decode(floats(forward.z), batch), forward.reconstruction, TOLERANCE, "pixels");
    const losses = await trainer.judge({ pixels: bytes, count: batch }, floats(forward.z));
    expectClose(losses, forward.losses, TOLERANCE, "losses of given codes");
    if (config.model === "ae") {
      expectClose((await trainer.reconstruct({ pixels: bytes, count: batch })).losses, forward.losses, TOLERANCE, "losses");
    }
    trainer.dispose();
  });

  if (golden.config.model !== "ae") return;
  // An autoencoder draws nothing, and the batch is the whole data set, so that its order makes no difference.
  for (const trained of golden.trained) {
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
