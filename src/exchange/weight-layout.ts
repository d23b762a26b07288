/**
 * The network's parameters as a PyTorch module of the same layers holds them: names,
 * shapes, and which number stands where. Exact both ways, a permutation of each tensor.
 *
 * Ours are `[in, out]` and images with channels innermost; PyTorch's are `[out, in]` and channels first. Where a dense layer meets
 * a convolution, the numbers of an image are therefore put in PyTorch's order too, so that the module on the other side is an
 * ordinary one, with `flatten` and `view` and nothing else between them.
 */
import { layersOf, type ConvSpec, type DenseSpec, type LayerSpec, type Network } from "../model/network";
import type { ImageShape } from "../protocol/datasets";
import type { Floats, WeightTable } from "../protocol/messages";

/** One parameter on both sides. */
export interface TensorLayout {
  /** In our table. */
  readonly ours: string;
  /** In PyTorch's `state_dict`. */
  readonly name: string;
  /** PyTorch's. */
  readonly shape: readonly number[];
  readonly size: number;
  /** Where PyTorch's number `i`, counted row by row, stands in ours. */
  readonly source: (i: number) => number;
}

/** In the order of the network's parameters. */
export function torchLayout(network: Network): readonly TensorLayout[] {
  return layersOf(network).flatMap((layer) => {
    const name = torchName(network, layer.name);
    const { shape, source } = layer.kind === "dense" ? denseLayout(network, layer) : convLayout(layer);
    const biases = layer.kind === "dense" ? layer.units : layer.to.channels;
    const order = layer.kind === "dense" ? channelsFirst(imageAfter(network, layer)) : same;
    return [
      { ours: `${layer.name}.weight`, name: `${name}.weight`, shape, size: shape.reduce((a, b) => a * b, 1), source },
      { ours: `${layer.name}.bias`, name: `${name}.bias`, shape: [biases], size: biases, source: order },
    ];
  });
}

/** The weights as tensors of PyTorch's names, shapes and order; copies. */
export function toTorch(network: Network, weights: WeightTable): Map<string, { shape: readonly number[]; values: Floats }> {
  return new Map(
    torchLayout(network).map(({ ours, name, shape, size, source }) => {
      const given = weights[ours];
      if (given?.length !== size)
        throw new RangeError(`toTorch: ${ours} holds ${given?.length ?? "no"} numbers, the network wants ${size}`);
      const values = new Float32Array(size);
      for (let i = 0; i < size; i++) values[i] = given[source(i)]!;
      return [name, { shape, values }];
    }),
  );
}

/** What keeps tensors from being this network's weights. Names come from a file: show them as text only. */
export type LayoutProblem =
  | { readonly kind: "missing"; readonly name: string; readonly expected: readonly number[] }
  | { readonly kind: "extra"; readonly name: string; readonly given: readonly number[] }
  | { readonly kind: "shape"; readonly name: string; readonly expected: readonly number[]; readonly given: readonly number[] }
  | { readonly kind: "not-finite"; readonly name: string };

export type FromTorch =
  { readonly weights: WeightTable; readonly problems: null } | { readonly weights: null; readonly problems: readonly LayoutProblem[] };

/** The way back of `toTorch`, for tensors from anywhere: every one the network wants, no other, finite. */
export function fromTorch(
  network: Network,
  tensors: ReadonlyMap<string, { readonly shape: readonly number[]; readonly values: Float32Array }>,
): FromTorch {
  const layout = torchLayout(network);
  const problems = layoutProblems(layout, tensors);
  if (problems.length > 0) return { weights: null, problems };
  const weights: Record<string, Floats> = {};
  for (const { ours, name, size, source } of layout) {
    const { values } = tensors.get(name)!;
    const table = new Float32Array(size);
    for (let i = 0; i < size; i++) table[source(i)] = values[i]!;
    weights[ours] = table;
  }
  return { weights, problems: null };
}

function layoutProblems(
  layout: readonly TensorLayout[],
  tensors: ReadonlyMap<string, { readonly shape: readonly number[]; readonly values: Float32Array }>,
): LayoutProblem[] {
  const wanted = new Set(layout.map(({ name }) => name));
  const ofWanted = layout.flatMap(({ name, shape }): LayoutProblem[] => {
    const tensor = tensors.get(name);
    if (tensor === undefined) return [{ kind: "missing", name, expected: shape }];
    if (tensor.shape.join() !== shape.join()) return [{ kind: "shape", name, expected: shape, given: tensor.shape }];
    return tensor.values.every(Number.isFinite) ? [] : [{ kind: "not-finite", name }];
  });
  const extra = [...tensors].filter(([name]) => !wanted.has(name));
  return [...ofWanted, ...extra.map(([name, { shape }]): LayoutProblem => ({ kind: "extra", name, given: shape }))];
}

/** The tutorial's own names, for its own network: a VAE with one hidden layer each way. */
const TUTORIAL_NAMES: Readonly<Record<string, string>> = {
  "encoder.0": "fc1",
  mean: "fc21",
  logVar: "fc22",
  "decoder.0": "fc3",
  output: "fc4",
};

function isOneDense(layers: readonly LayerSpec[]): boolean {
  return layers.length === 1 && layers[0]!.kind === "dense";
}

export function hasTutorialNames({ encoder, decoder, logVar, output, classes }: Network): boolean {
  return logVar !== null && classes === 0 && isOneDense(encoder) && isOneDense(decoder) && output.kind === "dense";
}

/** Prefix of a layer's parameters in PyTorch's `state_dict`. @param name of one of the network's layers */
export function torchName(network: Network, name: string): string {
  if (hasTutorialNames(network)) return TUTORIAL_NAMES[name]!;
  if (name === "logVar") return "log_var";
  if (network.kind !== "adversarial") return name;
  const [part, index] = name.split(".");
  if (part === "encoder") return `discriminator.${index}`;
  if (part === "decoder") return `generator.${index}`;
  return name === "output" ? "generator.output" : "discriminator.score";
}

type Order = (i: number) => number;

const same: Order = (i) => i;

/** From a place in an image with channels first to the same number's place with channels innermost; past the image nothing moves. */
function channelsFirst(image: ImageShape | null): Order {
  if (image === null || image.channels === 1) return same;
  const { height, width, channels } = image;
  const area = height * width;
  return (i) => (i < area * channels ? (i % area) * channels + Math.floor(i / area) : i);
}

/** Ours `[inputs, units]`. */
function denseLayout(network: Network, layer: DenseSpec): Pick<TensorLayout, "shape" | "source"> {
  const { inputs, units } = layer;
  const input = channelsFirst(imageBefore(network, layer));
  const unit = channelsFirst(imageAfter(network, layer));
  return { shape: [units, inputs], source: (i) => input(i % inputs) * units + unit(Math.floor(i / inputs)) };
}

/** Ours `[kernel, kernel, near, far]`, PyTorch's `[far, near, kernel, kernel]`: of a convolution `far` is out, of a transposed one in. */
function convLayout({ kind, kernel, from, to }: ConvSpec): Pick<TensorLayout, "shape" | "source"> {
  const [near, far] = kind === "conv" ? [from.channels, to.channels] : [to.channels, from.channels];
  const area = kernel * kernel;
  return {
    shape: [far, near, kernel, kernel],
    source: (i) => ((i % area) * near + (Math.floor(i / area) % near)) * far + Math.floor(i / (area * near)),
  };
}

/** The image that a dense layer's inputs are, where they come from a convolution. */
function imageBefore({ encoder, mean, logVar }: Network, layer: DenseSpec): ImageShape | null {
  const isHead = layer === mean || layer === logVar;
  const before = isHead ? encoder.at(-1) : encoder[encoder.indexOf(layer) - 1];
  return before !== undefined && before.kind !== "dense" ? before.to : null;
}

/** The image that a dense layer's units are laid out as, for a transposed convolution. */
function imageAfter({ decoder, output }: Network, layer: DenseSpec): ImageShape | null {
  const at = decoder.indexOf(layer);
  const after = at < 0 ? undefined : (decoder[at + 1] ?? output);
  return after !== undefined && after.kind !== "dense" ? after.from : null;
}
