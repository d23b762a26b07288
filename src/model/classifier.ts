/**
 * Tells which class an image looks like, by a small network trained apart and shipped:
 * what a generator covers is counted with it.
 *
 * Made by `scripts/train-classifier.py`; its weights lie as PyTorch has them. Fetches nothing, trains nothing, and is wrong about
 * as many images as its measured accuracy says.
 */
import { parseSafetensors, type SafetensorsFile } from "../lib/safetensors";
import { configIssues } from "../protocol/config-issues";
import { DATASETS, type DatasetId } from "../protocol/datasets";
import type { Bytes, Floats } from "../protocol/messages";
import { DEFAULT_CONFIG, type RunConfig } from "../protocol/run-config";
import { encode } from "./forward";
import { describeNetwork, type Network, type ParameterSpec } from "./network";

/** Data sets that a classifier ships for, as `classifiers/<id>.safetensors`. */
export const CLASSIFIED: readonly DatasetId[] = ["mnist", "fashion", "shapes"];

export interface Classifier {
  /** Share of held-out images it gets right, 0 to 1. */
  readonly accuracy: number;
  /** Images that this was measured on. */
  readonly heldOut: number;
  /** @param pixels `[count, pixels]`, in [0, 1] @returns a class for each, `[count]` */
  readonly classify: (pixels: Floats, count: number) => Bytes;
}

/**
 * @param bytes a safetensors file
 * @param data that it should be for
 * @throws SafetensorsError when the bytes are no such file, RangeError when it holds no classifier of this data
 */
export function parseClassifier(bytes: Uint8Array, data: DatasetId): Classifier {
  const file = parseSafetensors(bytes);
  const { metadata } = file;
  if (metadata.data !== data) throw new RangeError(`parseClassifier: the file is for ${metadata.data ?? "no data set"}, ${data} is wanted`);
  const accuracy = Number(metadata.accuracy);
  if (!(accuracy > 0 && accuracy <= 1)) throw new RangeError(`parseClassifier: an accuracy of ${metadata.accuracy ?? "nothing"}`);
  const heldOut = Number(metadata.heldOut);
  if (!Number.isInteger(heldOut) || heldOut <= 0) throw new RangeError(`parseClassifier: measured on ${metadata.heldOut ?? "no"} images`);
  const network = networkOf(metadata.layers, data);
  const weights = Object.fromEntries(network.parameters.map((parameter) => [parameter.name, ownLayout(file, parameter)]));
  return { accuracy, heldOut, classify: (pixels, count) => classify(network, weights, pixels, count) };
}

/** The network of an autoencoder whose code has a dimension for each class: the logits. @param layers hidden ones, JSON as in a config */
function networkOf(layers: string | undefined, data: DatasetId): Network {
  const { image, classes, trainDefault } = DATASETS[data];
  const encoder = jsonOf(layers ?? "") as RunConfig["encoder"];
  const config: RunConfig = { ...DEFAULT_CONFIG, model: "ae", data, trainSize: trainDefault, encoder, decoder: [], latentDim: classes };
  const [issue] = configIssues(config);
  if (issue !== undefined) throw new RangeError(`parseClassifier: layers of no network, ${issue.path} is ${issue.code}`);
  const network = describeNetwork(config, image);
  const ofDecoder = new Set([`${network.output.name}.weight`, `${network.output.name}.bias`]);
  return { ...network, parameters: network.parameters.filter(({ name }) => !ofDecoder.has(name)) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A parameter out of the file, from PyTorch's `[out, in, …kernel]` to `[…kernel, in, out]`. */
function ownLayout({ tensors }: SafetensorsFile, { name, shape }: ParameterSpec): Floats {
  const given = tensors.get(name);
  const [inputs, outputs] = shape.length === 1 ? [1, shape[0]!] : [shape.at(-2)!, shape.at(-1)!];
  const wanted = shape.length === 1 ? shape : [outputs, inputs, ...shape.slice(0, -2)];
  if (given === undefined || given.shape.join() !== wanted.join()) {
    throw new RangeError(`parseClassifier: ${name} is [${given?.shape.join(", ") ?? ""}], the network wants [${wanted.join(", ")}]`);
  }
  const { values } = given;
  if (!values.every(Number.isFinite)) throw new RangeError(`parseClassifier: ${name} holds a number that is not finite`);
  const area = values.length / (inputs * outputs);
  return Float32Array.from(values, (_, i) => {
    const [tap, input, output] = [Math.floor(i / (inputs * outputs)), Math.floor(i / outputs) % inputs, i % outputs];
    return values[(output * inputs + input) * area + tap]!;
  });
}

function classify(network: Network, weights: Readonly<Record<string, Floats>>, pixels: Floats, count: number): Bytes {
  if (pixels.length !== count * network.pixels) {
    throw new RangeError(
      `classify: pixels holds ${pixels.length} numbers, ${count} images of ${network.pixels} are ${count * network.pixels}`,
    );
  }
  const { mean: logits } = encode(network, weights, pixels, count);
  const classes = network.latentDim;
  return Uint8Array.from({ length: count }, (_, row) => {
    let best = 0;
    for (let i = 1; i < classes; i++) if (logits[row * classes + i]! > logits[row * classes + best]!) best = i;
    return best;
  });
}
