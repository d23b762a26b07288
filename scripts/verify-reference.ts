/**
 * Trains preset B on the shipped digits and holds the held-out −ELBO against what
 * PyTorch reaches: `npm run verify:reference`. Takes minutes; no unit test.
 *
 *   npm run verify:reference -- --models 2,20 --seeds 0,1,2 --epochs 10 --backend wasm
 *
 * Prints a Markdown table; exits with 1 when a figure is outside the allowed range.
 */
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { createDatasetLoader, type LoadedDataset } from "../src/datasets/dataset-loader";
import { openBackend, type OpenBackend } from "../src/engine/backend";
import { createTrainer } from "../src/engine/create-trainer";
import { initialWeights } from "../src/model/initial-weights";
import { describeNetwork } from "../src/model/network";
import { BACKENDS, DEFAULT_CONFIG, stepsPerEpoch, type RunConfig } from "../src/protocol/run-config";
import { folderFetch } from "./reference/folder-fetch";
import { EPOCHS, LATENT_DIMS, SEEDS, type LatentDim, type ReferenceEpoch } from "./reference/pytorch-results";
import { outside, reportTable, type RunResult } from "./reference/report";

export async function main(args: string[]): Promise<number> {
  const options = readOptions(args);
  const loader = createDatasetLoader({ baseUrl: pathToFileURL("public/data/").href, fetch: folderFetch });
  const data = await loader.load("mnist", { trainSize: DEFAULT_CONFIG.trainSize });
  await data.waitForAll();
  const opened = await openBackend(options.backend);
  const runs: RunResult[] = [];
  try {
    for (const latentDim of options.models) {
      for (const seed of options.seeds) runs.push(await trainOnce(opened, data, latentDim, seed, options.epochs));
    }
  } finally {
    opened.close();
  }
  const failures = outside(runs);
  console.log(`\nHeld-out −ELBO, nats per image, ${options.backend}, TensorFlow.js trainer\n\n${reportTable(runs, options.epochs)}\n`);
  console.log(
    failures.length === 0 ? "All figures are within the allowed range." : `${failures.length} figures are outside the allowed range.`,
  );
  return failures.length === 0 ? 0 : 1;
}

async function trainOnce(
  opened: OpenBackend,
  data: LoadedDataset,
  latentDim: LatentDim,
  seed: number,
  epochs: readonly ReferenceEpoch[],
): Promise<RunResult> {
  const config: RunConfig = { ...DEFAULT_CONFIG, latentDim, seed };
  const network = describeNetwork(config, data.image);
  const weights = initialWeights(network, config.initialiser, seed);
  const trainer = await createTrainer({ config, network, weights, training: { pixels: data.training } }, opened, "tfjs");
  const heldOut = new Map<ReferenceEpoch, number>();
  try {
    for (const epoch of epochs) {
      const target = epoch * stepsPerEpoch(config);
      while (trainer.step < target) {
        trainer.train(1);
        if (trainer.step % stepsPerEpoch(config) === 0) await trainer.readLosses(); // else they pile up
      }
      const { elbo, reconstruction, kl } = await trainer.evaluate(data.heldOut, data.heldOutLabels.length);
      heldOut.set(epoch, -elbo);
      const terms = `reconstruction ${reconstruction.toFixed(2)} + KL ${kl.toFixed(2)} = ${(-elbo).toFixed(2)} nats`;
      console.log(`784-400-${latentDim}, seed ${seed}, epoch ${epoch}: ${terms}`);
    }
  } finally {
    trainer.dispose();
  }
  return { latentDim, seed, heldOut };
}

function readOptions(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      models: { type: "string", default: LATENT_DIMS.join(",") },
      seeds: { type: "string", default: SEEDS.join(",") },
      epochs: { type: "string", default: "10" },
      backend: { type: "string", default: "wasm" },
    },
  });
  const last = Number(values.epochs);
  return {
    models: LATENT_DIMS.filter((latentDim) => values.models.split(",").includes(String(latentDim))),
    seeds: values.seeds.split(",").map(Number),
    epochs: EPOCHS.filter((epoch) => epoch <= last),
    backend: BACKENDS.find((name) => name === values.backend) ?? "wasm",
  };
}
