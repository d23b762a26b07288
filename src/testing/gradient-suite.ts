/**
 * Values and gradients of each piece of the engine against the float64 twins and
 * their central differences, in every argument, at odd shapes and at the edges.
 */
import { expect, test } from "vitest";
import { activate, activationGradient } from "../engine/activations";
import { convForward, convGradients, convInputGradient } from "../engine/conv";
import { denseForward, denseGradients, denseInputGradient } from "../engine/dense";
import { chargeOf } from "../engine/charge";
import { oneHotRows } from "../engine/images";
import { layoutFor, tableOf, uploadBlocks } from "../engine/parameters";
import { backward, forward } from "../engine/pass";
import { klToPrior, posteriorGradients, posteriorOf, sampleLatent } from "../engine/posterior";
import { reconstructionGradient, reconstructionLosses } from "../engine/reconstruction";
import * as tf from "../engine/tf";
import { initialWeights } from "../model/initial-weights";
import { describeNetwork, type ConvSpec, type DenseSpec } from "../model/network";
import { ACTIVATIONS, DEFAULT_CONFIG, type OutputActivation, type ReconstructionKind, type RunConfig } from "../protocol/run-config";
import { centralDifferences } from "./central-differences";
import { expectClose } from "./close";
import { chargeTests } from "./charge-suite";
import { draws, uniforms, valuesOf, weighted } from "./draws";
import { activationTwin, denseTwin, klTwin, layerTwin, lossTwin, objectiveTwin, twinWeights } from "./model-twin";
import type { SuiteBackend } from "./engine-suite";
import { stackTests } from "./stack-suite";
import { rowsOf } from "./training-twin";

export function gradientSuite(suite: SuiteBackend): void {
  activationTests(suite);
  denseTests(suite);
  convTests(suite);
  stackTests(suite);
  posteriorTests(suite);
  chargeTests(suite);
  reconstructionTests(suite);
  objectiveTests(suite);
}

function activationTests({ tolerance }: SuiteBackend): void {
  for (const activation of ACTIVATIONS) {
    test(`${activation}: value and derivative, far out too`, async () => {
      // No 0, where relu has a kink and a central difference sees half a slope.
      const inputs = [-40, -9, -2.5, -0.3, -1e-3, 1e-3, 0.4, 1, 3, 12, 40];
      const dy = inputs.map((_, i) => 1 + i / 10);
      const x = tf.tensor2d([inputs]);
      const y = activate(activation, x);
      expectClose(
        await valuesOf(y),
        inputs.map((value) => activationTwin(activation, value)),
        tolerance,
        "values",
      );
      const slopes = inputs.map((value, i) => {
        const at = [value];
        return dy[i]! * centralDifferences(at, () => activationTwin(activation, at[0]!))[0]!;
      });
      expectClose(await valuesOf(activationGradient(activation, y, tf.tensor2d([dy]))), slopes, tolerance, "derivatives");
    });
  }
}

function denseTests({ tolerance }: SuiteBackend): void {
  for (const [batch, width, classes, units] of [
    [1, 1, 0, 1],
    [1, 5, 0, 3],
    [7, 3, 0, 11],
    [7, 13, 0, 2],
    [7, 3, 0, 17], // wide enough for wasm to multiply the other way round
    [1, 1, 2, 1],
    [7, 3, 4, 5],
    [7, 3, 4, 29], // as above, told a label
  ] as const) {
    const told = classes === 0 ? "" : `, told one of ${classes} labels`;
    test(`dense ${width} → ${units}, batch ${batch}${told}: gradients in weight, bias and x`, async () => {
      const inputs = width + classes;
      const layer: DenseSpec = { kind: "dense", name: "layer", inputs, units, classes, activation: "tanh" };
      const x = draws(1, batch * width);
      const dy = draws(2, batch * units);
      const labels = Uint8Array.from({ length: batch }, (_, row) => (row * 3 + 1) % Math.max(1, classes));
      const table = { "layer.weight": draws(3, inputs * units, 0.5), "layer.bias": draws(4, units) };
      const weights = twinWeights(table);
      const exactX = Float64Array.from(x);
      const outputs = () => rowsOf(exactX, width).flatMap((row, i) => denseTwin(layer, weights, row, labels[i]));
      const output = () => weighted(outputs(), dy);

      const parameters = { weight: tf.tensor2d(table["layer.weight"], [inputs, units]), bias: tf.tensor1d(table["layer.bias"]) };
      const oneHot = classes === 0 ? null : tf.tensor2d(oneHotRows(labels, [...labels.keys()], classes), [batch, classes]);
      const pass = denseForward(layer, parameters, tf.tensor2d(x, [batch, width]), oneHot);
      expectClose(await valuesOf(pass.y), outputs(), tolerance, "y");
      const gradients = denseGradients(pass, tf.tensor2d(dy, [batch, units]), tf.ones([1, batch]));
      expectClose(await valuesOf(gradients.weight), centralDifferences(weights["layer.weight"]!, output), tolerance, "weight");
      expectClose(await valuesOf(gradients.bias), centralDifferences(weights["layer.bias"]!, output), tolerance, "bias");
      expectClose(await valuesOf(denseInputGradient(pass, gradients)), centralDifferences(exactX, output), tolerance, "x");
    });
  }

  test("a layer that is told a label refuses to go without, and says which", () => {
    const layer: DenseSpec = { kind: "dense", name: "layer", inputs: 4, units: 1, classes: 3, activation: "linear" };
    const parameters = { weight: tf.tensor2d([[1], [1], [1], [1]]), bias: tf.tensor1d([0]) };
    const x = tf.tensor2d([[1]]);
    expect(() => denseForward(layer, parameters, x)).toThrow("layer is told one of 3 labels, here of 0");
    expect(() => denseForward(layer, parameters, x, tf.tensor2d([[1, 0]]))).toThrow("layer is told one of 3 labels, here of 2");
  });
}

/** A layer with odd channels and, of a convolution, an odd image, padded as in a network. */
function convSpec(kind: ConvSpec["kind"], kernel: 3 | 4, stride: 1 | 2, activation: ConvSpec["activation"]): ConvSpec {
  const layer = { filters: 3, kernel, stride, activation };
  if (kind === "conv") {
    const { encoder } = describeNetwork({ ...DEFAULT_CONFIG, encoder: [layer] }, { height: 5, width: 4, channels: 2 });
    return encoder[0] as ConvSpec;
  }
  // From 3 × 2 × 5.
  const decoder = [{ units: 30, activation }, layer];
  const image = { height: 3 * stride, width: 2 * stride, channels: 1 };
  return describeNetwork({ ...DEFAULT_CONFIG, decoder }, image).decoder[1] as ConvSpec;
}

function convTests(suite: SuiteBackend): void {
  for (const kind of ["conv", "transposed"] as const) {
    for (const kernel of [3, 4] as const) {
      for (const stride of [1, 2] as const) {
        for (const batch of [1, 3]) {
          test(`${kind} ${kernel} × ${kernel}, stride ${stride}, batch ${batch}: output and gradients in weight, bias and x`, () =>
            expectConvGradients(convSpec(kind, kernel, stride, "tanh"), batch, suite));
        }
      }
    }
    for (const activation of ACTIVATIONS) {
      test(`${kind} with ${activation}`, () => expectConvGradients(convSpec(kind, 3, 2, activation), 1, suite));
    }
  }
}

async function expectConvGradients(layer: ConvSpec, batch: number, { tolerance }: SuiteBackend): Promise<void> {
  const { inputs, units, kernel, from, to } = layer;
  const [near, far] = layer.kind === "conv" ? [from.channels, to.channels] : [to.channels, from.channels];
  const x = draws(1, batch * inputs);
  const dy = draws(2, batch * units);
  const name = layer.name;
  const table = { weight: draws(3, kernel * kernel * near * far, 0.3), bias: draws(4, to.channels) };
  const weights = twinWeights({ [`${name}.weight`]: table.weight, [`${name}.bias`]: table.bias });
  const exactX = Float64Array.from(x);
  const outputs = () => rowsOf(exactX, inputs).flatMap((row) => layerTwin(layer, weights, row));
  const output = () => weighted(outputs(), dy);

  const parameters = { weight: tf.reshape(tf.tensor1d(table.weight), [kernel, kernel, near, far]), bias: tf.tensor1d(table.bias) };
  const pass = convForward(layer, parameters, tf.tensor2d(x, [batch, inputs]));
  expectClose(await valuesOf(pass.y), outputs(), tolerance, "y");
  const gradients = convGradients(pass, tf.tensor2d(dy, [batch, units]));
  expectClose(await valuesOf(gradients.weight), centralDifferences(weights[`${name}.weight`]!, output), tolerance, "weight");
  expectClose(await valuesOf(gradients.bias), centralDifferences(weights[`${name}.bias`]!, output), tolerance, "bias");
  expectClose(await valuesOf(convInputGradient(pass, gradients)), centralDifferences(exactX, output), tolerance, "x");
}

function posteriorTests({ tolerance }: SuiteBackend): void {
  for (const [batch, latentDim] of [
    [1, 1],
    [7, 3],
  ] as const) {
    test(`posterior ${batch} × ${latentDim}: draw, KL and gradients in mean and logVar`, async () => {
      const size = batch * latentDim;
      const klScale = 0.4;
      const [mean, logVar, epsilon, dz] = [draws(5, size), draws(6, size), draws(7, size), draws(8, size)];
      const exact = { mean: Float64Array.from(mean), logVar: Float64Array.from(logVar) };
      const draw = () => Array.from(exact.mean, (mu, i) => mu + Math.exp(exact.logVar[i]! / 2) * epsilon[i]!);
      const kl = () => rowsOf(exact.mean, latentDim).map((row, i) => klTwin(row, rowsOf(exact.logVar, latentDim)[i]!));
      const objective = () => weighted(draw(), dz) + klScale * kl().reduce((sum, nats) => sum + nats, 0);

      const shape: [number, number] = [batch, latentDim];
      const posterior = posteriorOf(tf.tensor2d(mean, shape), tf.tensor2d(logVar, shape));
      const z = sampleLatent(posterior, tf.tensor2d(epsilon, shape));
      expectClose(await valuesOf(z), draw(), tolerance, "z");
      expectClose(await valuesOf(klToPrior(posterior)), kl(), tolerance, "kl");
      const gradients = posteriorGradients(posterior, z, tf.tensor2d(dz, shape), tf.scalar(klScale));
      expectClose(await valuesOf(gradients.mean), centralDifferences(exact.mean, objective), tolerance, "mean");
      expectClose(await valuesOf(gradients.logVar!), centralDifferences(exact.logVar, objective), tolerance, "logVar");
    });
  }

  test("the KL term is 0 at the prior, and a log variance beyond its range is held and learns nothing", async () => {
    const zero = tf.tensor2d([[0, 0]]);
    expectClose(await valuesOf(klToPrior(posteriorOf(zero, zero))), [0], tolerance, "kl at the prior");
    const posterior = posteriorOf(zero, tf.tensor2d([[-50, 1]]));
    expectClose(await valuesOf(posterior.spread!.logVar), [-20, 1], tolerance, "logVar");
    const { logVar } = posteriorGradients(posterior, zero, zero, tf.scalar(1));
    expectClose(await valuesOf(logVar!), [0, (Math.E - 1) / 2], tolerance, "gradient");
  });
}

function reconstructionTests({ tolerance }: SuiteBackend): void {
  const cases: readonly (readonly [ReconstructionKind, OutputActivation])[] = [
    ["bce", "sigmoid"],
    ["bernoulli", "sigmoid"],
    ["mse", "sigmoid"],
    ["mse", "tanh"],
    ["mse", "linear"],
    ["gaussian", "sigmoid"],
    ["gaussian", "tanh"],
    ["gaussian", "linear"],
  ];
  for (const [kind, outputActivation] of cases) {
    test(`${kind} of ${outputActivation}: losses and gradient by the logits`, async () => {
      const [batch, pixels, scale] = [7, 5, 0.3];
      const likelihood = { reconstruction: kind, sigma: 0.3 } as const;
      const logits = draws(9, batch * pixels, 3);
      const grey = uniforms(10, batch * pixels);
      const x = kind === "bernoulli" ? grey.map(Math.round) : grey;
      const exact = Float64Array.from(logits);
      const losses = () =>
        rowsOf(exact, pixels).map((row, i) => {
          const reconstruction = row.map((logit) => activationTwin(outputActivation, logit));
          return lossTwin(likelihood, row, reconstruction, rowsOf(x, pixels)[i]!);
        });
      const shape: [number, number] = [batch, pixels];
      const l = tf.tensor2d(logits, shape);
      const decoded = { logits: l, reconstruction: activate(outputActivation, l), x: tf.tensor2d(x, shape) };
      expectClose(await valuesOf(reconstructionLosses(likelihood, decoded)), losses(), tolerance, "losses");
      const expected = centralDifferences(exact, () => scale * losses().reduce((sum, loss) => sum + loss, 0));
      expectClose(await valuesOf(reconstructionGradient(likelihood, outputActivation, decoded, scale)), expected, tolerance, "gradient");
    });
  }

  test("a Gaussian's loss is below 0 where σ is small and the reconstruction near: its constant is not left out", async () => {
    const x = tf.tensor2d([[0.25, 0.5, 0.75]]);
    const losses = reconstructionLosses({ reconstruction: "gaussian", sigma: 0.05 }, { logits: x, reconstruction: x, x });
    expectClose(await valuesOf(losses), [3 * Math.log(0.05 * Math.sqrt(2 * Math.PI))], tolerance, "losses");
  });

  test("a cross-entropy of certain logits is finite: 0 where right, the logit where wrong", async () => {
    const logits = tf.tensor2d([
      [200, -200],
      [200, -200],
    ]);
    const x = tf.tensor2d([
      [1, 0],
      [0, 1],
    ]);
    const losses = reconstructionLosses({ reconstruction: "bce", sigma: 1 }, { logits, reconstruction: tf.sigmoid(logits), x });
    expectClose(await valuesOf(losses), [0, 400], tolerance, "losses");
  });
}

function objectiveTests(suite: SuiteBackend): void {
  const shapes: readonly Partial<RunConfig>[] = [
    { encoder: [], decoder: [], latentDim: 1 },
    {
      encoder: [{ units: 4, activation: "elu" }],
      decoder: [
        { units: 3, activation: "softplus" },
        { units: 5, activation: "sigmoid" },
      ],
      latentDim: 2,
    },
  ];
  for (const batch of [1, 7]) {
    for (const model of ["vae", "ae"] as const) {
      shapes.forEach((shape, i) => {
        test(`${model}, batch ${batch}, shape ${i}: the whole objective's gradient by every parameter`, () =>
          expectObjectiveGradient({ ...DEFAULT_CONFIG, beta: 1.7, ...shape, model }, batch, suite));
      });
    }
  }
  for (const [name, changes] of FAMILIES) {
    shapes.forEach((shape, i) => {
      test(`${name}, shape ${i}: the whole objective's gradient by every parameter`, () =>
        expectObjectiveGradient({ ...DEFAULT_CONFIG, beta: 1.7, ...shape, ...changes }, 7, suite));
    });
  }
}

const FAMILIES: readonly (readonly [string, Partial<RunConfig>])[] = [
  ["conditional", { conditional: true }],
  ["conditional autoencoder", { conditional: true, model: "ae" }],
  [
    "conditional after convolutions",
    {
      conditional: true,
      encoder: [{ filters: 2, kernel: 3, stride: 1, activation: "tanh" }],
      decoder: [
        { units: 6, activation: "elu" },
        { filters: 2, kernel: 3, stride: 1, activation: "tanh" },
      ],
    },
  ],
  ["free bits", { klMode: "free-bits", freeBits: 0.02 }],
  ["capacity above the KL", { klMode: "capacity", capacity: 3 }],
  ["capacity below the KL", { klMode: "capacity", capacity: 1e-3 }],
  ["heads through relu", { headActivation: "relu", latentDim: 4 }],
  ["a KL without gradient", { model: "ae", mistake: "detached-kl" }],
  ["the mean of the code for a KL", { model: "ae", mistake: "code-mean" }],
  ["Gaussian", { reconstruction: "gaussian", sigma: 0.4, outputActivation: "linear" }],
];

/** A spoilt batch, so that what the encoder sees is not what the loss compares with. */
async function expectObjectiveGradient(config: RunConfig, batch: number, { backend, tolerance }: SuiteBackend): Promise<void> {
  const network = describeNetwork(config, { height: 2, width: 3, channels: 1 });
  const table = initialWeights(network, "pytorch", 5);
  const weights = twinWeights(table);
  const { pixels, latentDim, classes } = network;
  const target = uniforms(13, batch * pixels);
  const spoilt = draws(15, batch * pixels, 0.3);
  const input = target.map((value, i) => value + spoilt[i]!);
  const labels = Uint8Array.from({ length: batch }, (_, row) => (row * 3) % 10);
  const inputRows = rowsOf(input, pixels);
  const images = rowsOf(target, pixels).map((row, i) => ({ input: inputRows[i]!, target: row, label: labels[i]! }));
  const epsilon = config.model === "vae" ? draws(14, batch * latentDim) : null;
  const rates = { beta: config.beta, capacity: config.capacity };
  const lowered = () => objectiveTwin(network, config, weights, images, epsilon && rowsOf(epsilon, latentDim), rates).lowered;

  const layout = layoutFor(network, backend);
  const built = { network, layout, parameters: uploadBlocks(layout, table) };
  const shape: [number, number] = [batch, pixels];
  const told = classes === 0 ? null : tf.tensor2d(oneHotRows(labels, [...labels.keys()], classes), [batch, classes]);
  const given = { input: tf.tensor2d(input, shape), target: tf.tensor2d(target, shape), told };
  const pass = forward(built, given, epsilon && tf.tensor2d(epsilon, [batch, latentDim]));
  const charge = chargeOf(config, pass.encoded.posterior, config.capacity);
  const gradients = tableOf(layout, await Promise.all(backward(config, built, pass, charge, config.beta).map(valuesOf)));
  for (const [name, values] of Object.entries(weights)) {
    expectClose(gradients[name]!, centralDifferences(values, lowered), tolerance, name);
  }
}
