/**
 * A network as the PyTorch module somebody would write by hand for it: one line for each
 * layer, parameters under the names of `weight-layout`.
 */
import type { ConvSpec, LayerSpec, Network } from "../model/network";
import { LEAKY_SLOPE, LOG_VAR_RANGE } from "../model/forward";
import type { Activation, OutputActivation } from "../protocol/run-config";
import { indented, lines, number, sections } from "./python";
import { hasTutorialNames } from "./weight-layout";

/** The module's class, and those of the layers that PyTorch lacks. */
export function torchModel(network: Network): string {
  return sections(sameConvolutions(network), network.kind === "adversarial" ? ganClass(network) : autoencoderClass(network));
}

export function className({ kind, logVar }: Network): string {
  if (kind === "adversarial") return "GAN";
  return logVar === null ? "Autoencoder" : "VAE";
}

/** Arguments beside the images, as they stand in a call's list. */
const told = ({ classes }: Network): string => (classes > 0 ? ", told" : "");

function autoencoderClass(network: Network): string {
  const { logVar, classes } = network;
  const note = classes > 0 ? `"""told: the label, one-hot, [batch, CLASSES]."""` : "";
  return lines(
    `class ${className(network)}(nn.Module):`,
    indented(
      [
        `def __init__(self):\n${indented(lines("super().__init__()", ...layerLists(network)))}`,
        `def encode(self, x${told(network)}):\n${indented(lines(note !== "" && note, ...encodeLines(network)))}`,
        `def decode(self, z${told(network)}):\n${indented(lines(`"""Logits: the pixels before ${outputName(network.outputActivation)}."""`, ...decodeLines(network)))}`,
        logVar === null
          ? `def forward(self, x${told(network)}):\n    z = self.encode(x${told(network)})\n    return self.decode(z${told(network)}), z`
          : [
              `def forward(self, x, epsilon${told(network)}):`,
              `    mean, log_var = self.encode(x${told(network)})`,
              `    z = mean + torch.exp(0.5 * log_var) * epsilon  # the reparameterization trick`,
              `    return self.decode(z${told(network)}), mean, log_var`,
            ].join("\n"),
      ].join("\n\n"),
    ),
  );
}

function numbered(layers: readonly LayerSpec[]): (readonly [string, LayerSpec])[] {
  return layers.map((layer, i) => [String(i), layer]);
}

function moduleDict(name: string, layers: readonly (readonly [string, LayerSpec])[]): string {
  return lines(`self.${name} = nn.ModuleDict({`, ...layers.map(([key, layer]) => `    "${key}": ${constructed(layer)},`), "})");
}

function ganClass(network: Network): string {
  const { encoder, mean, decoder, output } = network;
  return lines(
    "class GAN(nn.Module):",
    indented(
      [
        `def __init__(self):\n${indented(
          lines(
            "super().__init__()",
            moduleDict("discriminator", [...numbered(encoder), ["score", mean]]),
            moduleDict("generator", [...numbered(decoder), ["output", output]]),
          ),
        )}`,
        `def score(self, x):\n${indented(lines(`"""How real images look to the discriminator, before the logistic function, [batch]."""`, ...scoreLines(network)))}`,
        `def generate(self, z):\n${indented(lines(`"""Images [batch, PIXELS]."""`, ...generateLines(network)))}`,
      ].join("\n\n"),
    ),
  );
}

function layerLists(network: Network): string[] {
  const { encoder, mean, logVar, decoder, output } = network;
  if (hasTutorialNames(network)) {
    const layers = [encoder[0]!, mean, logVar!, decoder[0]!, output];
    return layers.map((layer) => `self.${moduleOf(network, layer)} = ${constructed(layer)}${HEAD_NOTES[layer.name] ?? ""}`);
  }
  const list = (name: string, layers: readonly LayerSpec[]) =>
    layers.length === 0 ? [] : [lines(`self.${name} = nn.ModuleList([`, ...layers.map((layer) => `    ${constructed(layer)},`), "])")];
  return [
    ...list("encoder", encoder),
    `self.mean = ${constructed(mean)}`,
    ...(logVar === null ? [] : [`self.log_var = ${constructed(logVar)}`]),
    ...list("decoder", decoder),
    `self.output = ${constructed(output)}`,
  ];
}

const HEAD_NOTES: Readonly<Record<string, string>> = { mean: "  # mean", logVar: "  # log σ²" };

/** The attribute, or the place in a list, that a layer is kept in. */
function moduleOf(network: Network, { name }: LayerSpec): string {
  if (hasTutorialNames(network)) return { "encoder.0": "fc1", mean: "fc21", logVar: "fc22", "decoder.0": "fc3" }[name] ?? "fc4";
  const [part, index] = name.split(".");
  if (network.kind === "adversarial") {
    const isJudge = part === "encoder" || part === "score";
    return `${isJudge ? "discriminator" : "generator"}["${index ?? part}"]`;
  }
  if (name === "logVar") return "log_var";
  return index === undefined ? name : `${part}[${index}]`;
}

function constructed(layer: LayerSpec): string {
  if (layer.kind === "dense") {
    const { inputs, units, classes } = layer;
    return `nn.Linear(${classes > 0 ? `${inputs - classes} + CLASSES` : inputs}, ${units})`;
  }
  const { kind, from, to, kernel, stride } = layer;
  const name = kind === "conv" ? "SameConv2d" : "SameConvTranspose2d";
  return `${name}(${from.channels}, ${to.channels}, ${kernel}${stride === 1 ? "" : `, stride=${stride}`})`;
}

const CALLS: Readonly<Record<Activation, (argument: string) => string>> = {
  linear: (h) => h,
  relu: (h) => `F.relu(${h})`,
  lrelu: (h) => `F.leaky_relu(${h}, ${number(LEAKY_SLOPE)})`,
  elu: (h) => `F.elu(${h})`,
  softplus: (h) => `F.softplus(${h})`,
  tanh: (h) => `torch.tanh(${h})`,
  sigmoid: (h) => `torch.sigmoid(${h})`,
};

/** The output activation of an expression. */
export function activated(activation: Activation | OutputActivation, argument: string): string {
  return CALLS[activation](argument);
}

function outputName(activation: OutputActivation): string {
  return activation === "linear" ? "an activation, of which there is none" : `the ${activation}`;
}

/** Lines that lead `variable` through the layers, and the name it then has. */
function through(
  network: Network,
  layers: readonly LayerSpec[],
  variable: string,
): { readonly code: string[]; readonly last: string; readonly isImage: boolean } {
  const code: string[] = [];
  let last = variable;
  let isImage = false;
  for (const layer of layers) {
    const prepared = preparation(layer, last, isImage);
    if (prepared !== last) code.push(`h = ${prepared}`);
    if (prepared !== last) last = "h";
    code.push(`h = ${activated(layer.activation, `self.${moduleOf(network, layer)}(${last})`)}`);
    last = "h";
    isImage = layer.kind !== "dense";
  }
  return { code, last, isImage };
}

/** A layer's input made ready for it: laid out as images or flat, the label beside it. */
function preparation(layer: LayerSpec, variable: string, isImage: boolean): string {
  if (layer.kind !== "dense") {
    const { channels, height, width } = layer.from;
    return isImage ? variable : `${variable}.view(-1, ${channels}, ${height}, ${width})`;
  }
  const flat = isImage ? `${variable}.flatten(1)` : variable;
  return layer.classes > 0 ? `torch.cat([${flat}, told], 1)` : flat;
}

function encodeLines(network: Network): string[] {
  const { mean, logVar } = network;
  const { code, last, isImage } = through(network, network.encoder, "x");
  const input = preparation(mean, last, isImage);
  const needsName = input !== last && logVar !== null;
  const h = needsName ? "h" : input;
  const head = (layer: LayerSpec) => activated(layer.activation, `self.${moduleOf(network, layer)}(${h})`);
  const { min, max } = LOG_VAR_RANGE;
  return [
    ...code,
    ...(needsName ? [`h = ${input}`] : []),
    logVar === null ? `return ${head(mean)}` : `return ${head(mean)}, ${head(logVar)}.clamp(${number(min)}, ${number(max)})`,
  ];
}

function decodeLines(network: Network): string[] {
  const { code, last, isImage } = through(network, network.decoder, "z");
  return [...code, `return ${outputCall(network, last, isImage)}`];
}

function outputCall(network: Network, variable: string, isImage: boolean): string {
  const { output } = network;
  const call = `self.${moduleOf(network, output)}(${preparation(output, variable, isImage)})`;
  return output.kind === "dense" ? call : `${call}.flatten(1)`;
}

function scoreLines(network: Network): string[] {
  const { code, last, isImage } = through(network, network.encoder, "x");
  return [...code, `return self.discriminator["score"](${preparation(network.mean, last, isImage)}).squeeze(1)`];
}

function generateLines(network: Network): string[] {
  const { code, last, isImage } = through(network, network.decoder, "z");
  return [...code, `return ${activated(network.outputActivation, outputCall(network, last, isImage))}`];
}

/** PyTorch has no "same" padding for strides. */
function sameConvolutions({ encoder, decoder, output }: Network): string {
  const convs = [...encoder, ...decoder, output].filter((layer): layer is ConvSpec => layer.kind !== "dense");
  const has = (kind: ConvSpec["kind"]) => convs.some((layer) => layer.kind === kind);
  return sections(has("conv") ? CONV_CLASS : "", has("transposed") ? TRANSPOSED_CLASS : "");
}

const CONV_CLASS = String.raw`
class SameConv2d(nn.Conv2d):
    """A convolution with TensorFlow's "same" padding, which PyTorch lacks for strides: what is odd goes below and to the right."""

    def forward(self, x):
        pads = []
        for size, kernel, stride in ((x.shape[i], self.kernel_size[i - 2], self.stride[i - 2]) for i in (3, 2)):
            total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
            pads += [total // 2, total - total // 2]
        return super().forward(F.pad(x, pads))
`;

const TRANSPOSED_CLASS = String.raw`
class SameConvTranspose2d(nn.ConvTranspose2d):
    """The other way: "stride" times larger, what juts out is cropped."""

    def forward(self, x):
        height, width = (x.shape[i] * self.stride[i - 2] for i in (2, 3))
        top, left = ((self.kernel_size[i] - self.stride[i]) // 2 for i in (0, 1))
        return super().forward(x)[:, :, top : top + height, left : left + width]
`;
