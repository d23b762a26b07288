/**
 * The network a config describes, as plain data: layers in order and a table of
 * parameters with names, shapes and fan-in. Every trainer, the page's own forward
 * pass, export and the pictures of weights are fed by this one description.
 *
 * Knows no tensor and no GPU.
 */
import type { Activation, OutputActivation, RunConfig } from "../protocol/run-config";
import { pixelCount, type ImageShape } from "../protocol/datasets";

/** `activation(x · weight + bias)`, x `[batch, inputs]`, weight `[inputs, units]`, bias `[units]`. */
export interface LayerSpec {
  /** Prefix of its two parameters: `<name>.weight` and `<name>.bias`. */
  readonly name: string;
  readonly inputs: number;
  readonly units: number;
  readonly activation: Activation;
}

export interface ParameterSpec {
  readonly name: string;
  readonly kind: "weight" | "bias";
  readonly shape: readonly number[];
  readonly size: number;
  readonly fanIn: number;
  readonly fanOut: number;
}

export interface Network {
  readonly image: ImageShape;
  readonly pixels: number;
  readonly latentDim: number;
  /** Hidden layers of the encoder. */
  readonly encoder: readonly LayerSpec[];
  /** Linear head: posterior mean, or the code itself in an autoencoder. */
  readonly mean: LayerSpec;
  /** Linear head: log σ²; null in an autoencoder. */
  readonly logVar: LayerSpec | null;
  /** Hidden layers of the decoder. */
  readonly decoder: readonly LayerSpec[];
  /** From the last hidden layer to the pixels' logits; linear, `outputActivation` comes after. */
  readonly output: LayerSpec;
  readonly outputActivation: OutputActivation;
  /** In the order of the layers above, weight before bias. */
  readonly parameters: readonly ParameterSpec[];
  readonly parameterCount: number;
}

export function describeNetwork(
  config: Pick<RunConfig, "model" | "encoder" | "latentDim" | "decoder" | "outputActivation">,
  image: ImageShape,
): Network {
  const pixels = pixelCount(image);
  const { latentDim, outputActivation } = config;
  const encoder = stack("encoder", pixels, config.encoder);
  const encoded = encoder.at(-1)?.units ?? pixels;
  const head = (name: string): LayerSpec => ({ name, inputs: encoded, units: latentDim, activation: "linear" });
  const mean = head("mean");
  const logVar = config.model === "vae" ? head("logVar") : null;
  const decoder = stack("decoder", latentDim, config.decoder);
  const output: LayerSpec = { name: "output", inputs: decoder.at(-1)?.units ?? latentDim, units: pixels, activation: "linear" };
  const layers = [...encoder, mean, ...(logVar === null ? [] : [logVar]), ...decoder, output];
  const parameters = layers.flatMap(parametersOf);
  const parameterCount = parameters.reduce((sum, { size }) => sum + size, 0);
  return { image, pixels, latentDim, encoder, mean, logVar, decoder, output, outputActivation, parameters, parameterCount };
}

function stack(prefix: string, inputs: number, layers: RunConfig["encoder"]): LayerSpec[] {
  let width = inputs;
  return layers.map(({ units, activation }, i) => {
    const layer: LayerSpec = { name: `${prefix}.${i}`, inputs: width, units, activation };
    width = units;
    return layer;
  });
}

function parametersOf({ name, inputs, units }: LayerSpec): ParameterSpec[] {
  const fans = { fanIn: inputs, fanOut: units };
  return [
    { name: `${name}.weight`, kind: "weight", shape: [inputs, units], size: inputs * units, ...fans },
    { name: `${name}.bias`, kind: "bias", shape: [units], size: units, ...fans },
  ];
}
