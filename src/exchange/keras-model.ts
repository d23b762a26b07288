/**
 * A network as a Keras 3 model, in operations that every backend of Keras has. Its layers
 * are listed under PyTorch's names, as the weights that it loads have them.
 *
 * Keras' own layout is ours: `[in, out]`, channels innermost. Only where a dense layer meets a convolution is an image turned,
 * because the weights there are in PyTorch's order (`weight-layout`).
 */
import { LEAKY_SLOPE, LOG_VAR_RANGE } from "../model/forward";
import { layersOf, type DenseSpec, type LayerSpec, type Network } from "../model/network";
import type { ImageShape } from "../protocol/datasets";
import type { Activation, RunConfig } from "../protocol/run-config";
import { indented, lines, number, sections } from "./python";
import { hasTutorialNames, torchName } from "./weight-layout";

/** @param initialiser whose initial values the layers have; Keras' own need no word */
export function kerasModel(network: Network, initialiser: RunConfig["initialiser"]): string {
  const isLeaky = layersOf(network).some(({ activation }) => activation === "lrelu");
  return sections(isLeaky ? LEAKY_CODE : "", initialiser === "pytorch" ? UNIFORM_CODE : "", modelClass(network, initialiser));
}

const LEAKY_CODE = `
def leaky_relu(h):
    return ops.leaky_relu(h, negative_slope=${number(LEAKY_SLOPE)})
`;

const UNIFORM_CODE = String.raw`
def uniform(fan_in):
    """PyTorch's initial values, of weights and biases alike."""
    limit = fan_in**-0.5
    return {name: keras.initializers.RandomUniform(-limit, limit) for name in ("kernel_initializer", "bias_initializer")}
`;

export function kerasClassName({ logVar }: Network): string {
  return logVar === null ? "Autoencoder" : "VAE";
}

function modelClass(network: Network, initialiser: RunConfig["initialiser"]): string {
  const { logVar, classes } = network;
  const told = classes > 0 ? ", told" : "";
  const toldInput = classes > 0 ? `, inputs["told"]` : "";
  return lines(
    `class ${kerasClassName(network)}(keras.Model):`,
    indented(
      [
        `def __init__(self):\n${indented(lines("super().__init__()", ...constructions(network, initialiser)))}`,
        lines(
          "def named_layers(self):",
          `    """Under the names that PyTorch has for their weights."""`,
          "    return {",
          ...layersOf(network).map((layer) => `        "${torchName(network, layer.name)}": self.${attributeOf(network, layer)},`),
          "    }",
        ),
        `def encode(self, x${told}):\n${indented(lines(...encodeLines(network)))}`,
        `def decode(self, z${told}):\n${indented(lines(`"""Logits: the pixels before the output activation."""`, ...decodeLines(network)))}`,
        logVar === null
          ? lines("def call(self, inputs):", `    z = self.encode(inputs["x"]${toldInput})`, `    return self.decode(z${toldInput}), z`)
          : lines(
              "def call(self, inputs):",
              `    mean, log_var = self.encode(inputs["x"]${toldInput})`,
              `    z = mean + ops.exp(0.5 * log_var) * inputs["epsilon"]  # the reparameterization trick`,
              `    return self.decode(z${toldInput}), mean, log_var`,
            ),
      ].join("\n\n"),
    ),
  );
}

function constructions(network: Network, initialiser: RunConfig["initialiser"]): string[] {
  const { encoder, mean, logVar, decoder, output } = network;
  const made = (layer: LayerSpec) => constructed(layer, initialiser);
  if (hasTutorialNames(network)) return layersOf(network).map((layer) => `self.${attributeOf(network, layer)} = ${made(layer)}`);
  const list = (name: string, layers: readonly LayerSpec[]) =>
    layers.length === 0 ? [] : [lines(`self.${name} = [`, ...layers.map((layer) => `    ${made(layer)},`), "]")];
  return [
    ...list("encoder", encoder),
    `self.mean = ${made(mean)}`,
    ...(logVar === null ? [] : [`self.log_var = ${made(logVar)}`]),
    ...list("decoder", decoder),
    `self.pixels = ${made(output)}`, // Keras keeps "output" for itself
  ];
}

function attributeOf(network: Network, { name }: LayerSpec): string {
  if (hasTutorialNames(network)) return torchName(network, name);
  const [part, index] = name.split(".");
  if (index !== undefined) return `${part}[${index}]`;
  return { logVar: "log_var", output: "pixels" }[name] ?? name;
}

function constructed(layer: LayerSpec, initialiser: RunConfig["initialiser"]): string {
  const activation =
    layer.activation === "linear" ? "" : `, activation=${layer.activation === "lrelu" ? "leaky_relu" : `"${layer.activation}"`}`;
  const initial = (fanIn: number) => (initialiser === "pytorch" ? `, **uniform(${fanIn})` : "");
  if (layer.kind === "dense") return `layers.Dense(${layer.units}${activation}${initial(layer.inputs)})`;
  const { kind, from, to, kernel, stride } = layer;
  const near = kind === "conv" ? from.channels : to.channels;
  const name = kind === "conv" ? "Conv2D" : "Conv2DTranspose";
  return `layers.${name}(${to.channels}, ${kernel}${stride === 1 ? "" : `, strides=${stride}`}, padding="same"${activation}${initial(kernel * kernel * near)})`;
}

/** An image as the flat numbers that PyTorch makes of it. */
function flat(variable: string, { height, width, channels }: ImageShape): string {
  const turned = channels === 1 ? variable : `ops.transpose(${variable}, (0, 3, 1, 2))`;
  return `ops.reshape(${turned}, (-1, ${height * width * channels}))`;
}

/** The way back. */
function laidOut(variable: string, { height, width, channels }: ImageShape): string {
  if (channels === 1) return `ops.reshape(${variable}, (-1, ${height}, ${width}, 1))`;
  return `ops.transpose(ops.reshape(${variable}, (-1, ${channels}, ${height}, ${width})), (0, 2, 3, 1))`;
}

interface Passed {
  readonly code: string[];
  readonly last: string;
  /** What the last layer gave, where that is an image. */
  readonly image: ImageShape | null;
}

function through(network: Network, layers: readonly LayerSpec[], variable: string): Passed {
  const code: string[] = [];
  let last = variable;
  let image: ImageShape | null = null;
  for (const layer of layers) {
    const prepared = preparation(layer, last, image);
    if (prepared !== last) code.push(`h = ${prepared}`);
    code.push(`h = self.${attributeOf(network, layer)}(${prepared === last ? last : "h"})`);
    last = "h";
    image = layer.kind === "dense" ? null : layer.to;
  }
  return { code, last, image };
}

function preparation(layer: LayerSpec, variable: string, image: ImageShape | null): string {
  if (layer.kind !== "dense") return image === null ? laidOut(variable, layer.from) : variable;
  const numbers = image === null ? variable : flat(variable, image);
  return layer.classes > 0 ? `ops.concatenate([${numbers}, told], 1)` : numbers;
}

function encodeLines(network: Network): string[] {
  const { encoder, mean, logVar } = network;
  const { code, last, image } = through(network, encoder, "x");
  const input = preparation(mean, last, image);
  const { min, max } = LOG_VAR_RANGE;
  const head = (layer: DenseSpec) => `self.${attributeOf(network, layer)}(${input === last ? last : "h"})`;
  return [
    ...code,
    ...(input === last ? [] : [`h = ${input}`]),
    logVar === null ? `return ${head(mean)}` : `return ${head(mean)}, ops.clip(${head(logVar)}, ${number(min)}, ${number(max)})`,
  ];
}

function decodeLines(network: Network): string[] {
  const { decoder, output } = network;
  const { code, last, image } = through(network, decoder, "z");
  const call = `self.${attributeOf(network, output)}(${preparation(output, last, image)})`;
  return [...code, `return ${output.kind === "dense" ? call : flat(call, output.to)}`];
}

/** An activation of an expression, by Keras' operations. */
export function kerasActivated(activation: Activation, argument: string): string {
  if (activation === "linear") return argument;
  return activation === "lrelu" ? `leaky_relu(${argument})` : `ops.${activation}(${argument})`;
}
