import { expect, test } from "vitest";
import { DATASETS } from "../protocol/datasets";
import { PRESETS } from "../protocol/presets";
import { DEFAULT_CONFIG, KERNEL_SIZES, STRIDES, type ConvLayer, type RunConfig } from "../protocol/run-config";
import { describeNetwork, layersOf, type ConvSpec } from "./network";

const describe = (change: Partial<RunConfig> = {}) => describeNetwork({ ...DEFAULT_CONFIG, ...change }, DATASETS.mnist.image);

test("the default is preset B, 784-400-2-400-784, with the parameters of PyTorch's own", () => {
  const { parameters, parameterCount } = describe();
  expect(parameterCount).toBe(784 * 400 + 400 + 2 * (400 * 2 + 2) + (2 * 400 + 400) + (400 * 784 + 784));
  expect(parameters.map(({ name, shape }) => [name, shape])).toEqual([
    ["encoder.0.weight", [784, 400]],
    ["encoder.0.bias", [400]],
    ["mean.weight", [400, 2]],
    ["mean.bias", [2]],
    ["logVar.weight", [400, 2]],
    ["logVar.bias", [2]],
    ["decoder.0.weight", [2, 400]],
    ["decoder.0.bias", [400]],
    ["output.weight", [400, 784]],
    ["output.bias", [784]],
  ]);
});

test("a bias has the fan-in of its weight, as PyTorch draws it", () => {
  for (const { fanIn, fanOut, kind, shape, size } of describe().parameters) {
    expect(size).toBe(shape.reduce((product, length) => product * length, 1));
    expect(shape).toEqual(kind === "weight" ? [fanIn, fanOut] : [fanOut]);
  }
});

test("an autoencoder has no head for the variance", () => {
  const network = describe({ model: "ae" });
  expect(network.logVar).toBeNull();
  expect(network.parameterCount).toBe(describe().parameterCount - (400 * 2 + 2));
});

function layers(units: readonly number[]): RunConfig["encoder"] {
  return units.map((width) => ({ units: width, activation: "tanh" }));
}

test("deep stacks hand their widths on, in data order", () => {
  const { encoder, mean, decoder, output } = describe({ encoder: layers([128, 64]), latentDim: 7, decoder: layers([64, 128]) });
  const sizes = [...encoder, mean, ...decoder, output].map(({ name, inputs, units }) => `${name} ${inputs}→${units}`);
  expect(sizes).toEqual(["encoder.0 784→128", "encoder.1 128→64", "mean 64→7", "decoder.0 7→64", "decoder.1 64→128", "output 128→784"]);
  expect(encoder.every(({ activation }) => activation === "tanh")).toBe(true);
  expect([mean.activation, output.activation]).toEqual(["linear", "linear"]);
});

test("without hidden layers pixels meet the heads and the code meets the pixels", () => {
  const { mean, output, parameterCount } = describe({ encoder: [], decoder: [], latentDim: 50, model: "ae" });
  expect([mean.inputs, mean.units, output.inputs, output.units]).toEqual([784, 50, 50, 784]);
  expect(parameterCount).toBe(784 * 50 + 50 + 50 * 784 + 784);
});

test("colour images count their channels", () => {
  expect(describeNetwork(DEFAULT_CONFIG, { height: 32, width: 32, channels: 3 }).pixels).toBe(3_072);
});

function conv(filters: number, kernel: ConvLayer["kernel"] = 3, stride: ConvLayer["stride"] = 2): ConvLayer {
  return { filters, kernel, stride, activation: "relu" };
}

const at = ({ height, width, channels }: ConvSpec["from"]) => `${height}×${width}×${channels}`;

test("Keras' convolutional VAE has the shapes and parameters that its summary prints", () => {
  const network = describe(PRESETS["vae-conv"]);
  const shapes = layersOf(network).map((layer) =>
    layer.kind === "dense" ? `${layer.inputs}→${layer.units}` : `${at(layer.from)}→${at(layer.to)}`,
  );
  expect(shapes).toEqual([
    "28×28×1→14×14×32",
    "14×14×32→7×7×64",
    "3136→16",
    "16→2",
    "16→2",
    "2→3136",
    "7×7×64→14×14×64",
    "14×14×64→28×28×32",
    "28×28×32→28×28×1",
  ]);
  // Encoder 69,076 and decoder 65,089: fchollet, "Variational AutoEncoder", 2020.
  const count = (prefixes: string[]) =>
    network.parameters.reduce((sum, { name, size }) => (prefixes.some((prefix) => name.startsWith(prefix)) ? sum + size : sum), 0);
  expect([count(["encoder", "mean", "logVar"]), count(["decoder", "output"])]).toEqual([69_076, 65_089]);
});

test("kernels are [kernel, kernel, near, far]; fans are those of PyTorch and Keras, biases count channels", () => {
  const network = describe({ encoder: [conv(5)], decoder: [{ units: 2 * 196, activation: "relu" }, conv(7, 4)] });
  const of = (name: string) => network.parameters.find((parameter) => parameter.name === name);
  expect(of("encoder.0.weight")).toMatchObject({ shape: [3, 3, 1, 5], size: 45, fanIn: 9, fanOut: 45 });
  expect(of("encoder.0.bias")).toMatchObject({ shape: [5], size: 5, fanIn: 9 });
  // torch.nn.init of ConvTranspose2d(2, 7, 4), whose weight is [2, 7, 4, 4]: fan_in 7 · 16, fan_out 2 · 16.
  expect(of("decoder.1.weight")).toMatchObject({ shape: [4, 4, 7, 2], size: 224, fanIn: 112, fanOut: 32 });
  expect(of("decoder.1.bias")).toMatchObject({ shape: [7], size: 7, fanIn: 112 });
  expect(of("output.weight")).toMatchObject({ shape: [4, 4, 1, 7] });
});

test.each(KERNEL_SIZES.flatMap((kernel) => STRIDES.map((stride) => [kernel, stride] as const)))(
  "kernel %i, stride %i: padded as TensorFlow's SAME, on even and odd sides",
  (kernel, stride) => {
    for (const [height, width] of [
      [28, 28],
      [5, 4],
      [1, 2],
    ] as const) {
      const [layer] = describeNetwork({ ...DEFAULT_CONFIG, encoder: [conv(1, kernel, stride)] }, { height, width, channels: 3 })
        .encoder as ConvSpec[];
      // tf.nn's notes on padding: by the remainder of the size, half of what is missing in front, rounded down.
      const before = (size: number) => Math.floor(Math.max(kernel - (size % stride === 0 ? stride : size % stride), 0) / 2);
      expect(layer).toMatchObject({ padTop: before(height), padLeft: before(width) });
      expect(layer!.to).toEqual({ height: Math.ceil(height / stride), width: Math.ceil(width / stride), channels: 1 });
    }
  },
);

test("a transposed convolution mirrors the convolution that would lead back, padding too", () => {
  const { decoder } = describe({ decoder: [{ units: 98, activation: "relu" }, conv(3, 4), conv(1, 3)] });
  const [, up, last] = decoder as ConvSpec[];
  const back = describeNetwork({ ...DEFAULT_CONFIG, encoder: [conv(2, 4)] }, up!.to).encoder[0] as ConvSpec;
  expect([up!.from, up!.to]).toEqual([back.to, back.from]);
  expect([up!.padTop, up!.padLeft]).toEqual([back.padTop, back.padLeft]);
  expect([last!.padTop, last!.padLeft]).toEqual([0, 0]);
});

test("colour and 32 × 32 pixels go through convolutions and come back", () => {
  const image = { height: 32, width: 32, channels: 3 };
  const config = {
    ...DEFAULT_CONFIG,
    encoder: [conv(4, 4), conv(8, 4)],
    decoder: [{ units: 512, activation: "relu" } as const, conv(8, 4), conv(4, 4)],
  };
  const { mean, output } = describeNetwork(config, image);
  expect(mean.inputs).toBe(8 * 8 * 8);
  expect(output).toMatchObject({ kind: "transposed", to: image, kernel: 4, stride: 1, padTop: 1, units: 3_072 });
});

test("layers that do not fit are refused, however they got past the config", () => {
  const dense = { units: 8, activation: "relu" } as const;
  expect(() => describe({ encoder: [dense, conv(2)] })).toThrow("encoder.1 is a convolution after a dense layer");
  expect(() => describe({ decoder: [dense, conv(2)] })).toThrow("decoder.1 has no image that it could enlarge");
});
