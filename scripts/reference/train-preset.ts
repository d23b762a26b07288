/** Trains a config in Node as the worker would: the shipped data, the seed's own weights, batches and noise. */
import { pathToFileURL } from "node:url";
import { createDatasetLoader, type LoadedDataset } from "../../src/datasets/dataset-loader";
import type { OpenBackend } from "../../src/engine/backend";
import { buildTrainer } from "../../src/engine/create-trainer";
import type { AnyTrainer, Images } from "../../src/engine/trainer";
import { initialWeights } from "../../src/model/initial-weights";
import { describeNetwork } from "../../src/model/network";
import { stepsPerEpoch, type RunConfig } from "../../src/protocol/run-config";
import { folderFetch } from "./folder-fetch";

export interface Trained {
  readonly trainer: AnyTrainer;
  readonly data: LoadedDataset;
  readonly heldOut: Images;
}

/** Steps between two readings of the losses, which would pile up otherwise. */
const STEPS_PER_READING = 50;

/** All of a data set. */
export async function loadAll({ data, trainSize }: Pick<RunConfig, "data" | "trainSize">): Promise<LoadedDataset> {
  const loader = createDatasetLoader({ baseUrl: pathToFileURL("public/data/").href, fetch: folderFetch });
  const loaded = await loader.load(data, { trainSize });
  await loaded.waitForAll();
  return loaded;
}

/** A trainer after so many epochs; its owner disposes it. */
export async function trainedFor(config: RunConfig, epochs: number, opened: OpenBackend, engine: "auto" | "tfjs"): Promise<Trained> {
  const data = await loadAll(config);
  const network = describeNetwork(config, data.image);
  const weights = initialWeights(network, config.initialiser, config.seed);
  const training = { pixels: data.training, labels: data.trainingLabels };
  const { trainer } = await buildTrainer({ config, network, weights, training }, opened, engine);
  const last = Math.round(epochs * stepsPerEpoch(config));
  while (trainer.step < last) {
    const next = Math.min(last, trainer.step + STEPS_PER_READING);
    while (trainer.step < next) {
      trainer.train(1);
      await trainer.submits?.room();
    }
    await trainer.readLosses();
  }
  return { trainer, data, heldOut: { pixels: data.heldOut, labels: data.heldOutLabels, count: data.heldOutLabels.length } };
}
