/** Losses of a GAN and both sides' gradients against the float64 twin and its central differences. */
import { test } from "vitest";
import { fakeGradient, fakeLosses, generatorGradient, generatorLosses, realGradient, realLosses } from "../engine/gan-losses";
import { discriminate, discriminatorGradients, generate, generatorGradients, playMatch, type SideModel } from "../engine/gan-pass";
import { layoutFor, tableOf, uploadBlocks } from "../engine/parameters";
import * as tf from "../engine/tf";
import { fillNormal, fillUniform } from "../lib/random";
import { initialWeights } from "../model/initial-weights";
import { describeNetwork, isDiscriminator, type Network } from "../model/network";
import type { WeightTable } from "../protocol/messages";
import { DEFAULT_CONFIG, type RunConfig } from "../protocol/run-config";
import { centralDifferences } from "./central-differences";
import { expectClose } from "./close";
import type { SuiteBackend } from "./engine-suite";
import { discriminatorLossTwin, fakeLossTwin, generatorLossTwin, matchTwin, realLossTwin, type UpdateTwin } from "./gan-twin";
import { twinWeights } from "./model-twin";
import { rowsOf } from "./training-twin";

const valuesOf = async (tensor: tf.Tensor) => (await tensor.data()) as Float32Array<ArrayBuffer>;

const LOSSES = [
  { ganLoss: "nonsaturating", labelSmoothing: 0 },
  { ganLoss: "nonsaturating", labelSmoothing: 0.2 },
  { ganLoss: "hinge", labelSmoothing: 0.2 },
] as const satisfies readonly Partial<RunConfig>[];

/** Far out too; not ±1, where the hinge has a kink and a central difference sees half a slope. */
const SCORES = [-30, -8, -1.5, -0.99, -0.2, 1e-3, 0.3, 0.99, 1.01, 4, 30];

export function ganGradientSuite(suite: SuiteBackend): void {
  for (const config of LOSSES) {
    for (const [name, losses, gradient, twin] of [
      ["real", realLosses, realGradient, realLossTwin],
      ["fake", fakeLosses, fakeGradient, fakeLossTwin],
      ["generator", generatorLosses, generatorGradient, generatorLossTwin],
    ] as const) {
      test(`${config.ganLoss}, smoothing ${config.labelSmoothing}, ${name}: losses and gradient of their mean by the scores`, async () => {
        const scores = tf.tensor2d(SCORES, [SCORES.length, 1]);
        const exact = Float64Array.from(SCORES);
        const each = () => Array.from(exact, (score) => twin(config, score));
        const mean = () => each().reduce((sum, loss) => sum + loss, 0) / exact.length;
        expectClose(await valuesOf(losses(config, scores)), each(), suite.tolerance, "losses");
        expectClose(await valuesOf(gradient(config, scores)), centralDifferences(exact, mean), suite.tolerance, "gradient");
      });
    }
  }
  for (const [name, changes, image] of SHAPES) {
    for (const loss of LOSSES) {
      test(`${name}, ${loss.ganLoss}, smoothing ${loss.labelSmoothing}: both sides' gradients by every parameter`, () =>
        expectSideGradients({ ...DEFAULT_CONFIG, model: "gan", ...changes, ...loss }, image, suite));
    }
  }
}

const DENSE_IMAGE = { height: 2, width: 3, channels: 1 };

const SHAPES = [
  ["no hidden layer", { encoder: [], decoder: [], latentDim: 1 }, DENSE_IMAGE],
  [
    "dense",
    {
      encoder: [
        { units: 4, activation: "elu" },
        { units: 3, activation: "tanh" },
      ],
      decoder: [{ units: 5, activation: "softplus" }],
      latentDim: 2,
      outputActivation: "tanh",
    },
    DENSE_IMAGE,
  ],
  [
    "convolutional",
    {
      encoder: [
        { filters: 3, kernel: 4, stride: 2, activation: "lrelu" },
        { units: 3, activation: "elu" },
      ],
      decoder: [
        { units: 4, activation: "tanh" },
        { filters: 3, kernel: 3, stride: 2, activation: "lrelu" },
      ],
      latentDim: 2,
    },
    { height: 4, width: 4, channels: 1 },
  ],
] as const satisfies readonly (readonly [string, Partial<RunConfig>, Network["image"]])[];

/** Standard normals or uniforms, `[rows, width]`. */
function drawn(fill: typeof fillNormal, block: number, rows: number, width: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(rows * width);
  fill({ seed: 13, stream: 99 }, block, out);
  return out;
}

async function expectSideGradients(config: RunConfig, image: Network["image"], { backend, tolerance }: SuiteBackend): Promise<void> {
  const network = describeNetwork(config, image);
  const table = spread(initialWeights(network, "pytorch", 6));
  // Fewer real images than generated ones, so that either mean is seen to be its own.
  const [realRows, fakeRows, { pixels, latentDim }] = [3, 5, network];
  const real = drawn(fillUniform, 1, realRows, pixels);
  const codes = drawn(fillNormal, 2, fakeRows, latentDim);
  const noise = drawn(fillNormal, 3, fakeRows, pixels).map((value) => 0.3 * value);

  const discriminator = side(network, table, true, backend);
  const generator = side(network, table, false, backend);
  const generated = generate(generator, network, tf.tensor2d(codes, [fakeRows, latentDim]));
  const seen = tf.add<tf.Tensor2D>(generated.images, tf.tensor2d(noise, [fakeRows, pixels]));
  const match = playMatch(discriminator, network, tf.tensor2d(real, [realRows, pixels]), seen);
  const judged = discriminate(discriminator, network, seen);
  const found = {
    ...(await tableFor(discriminator, discriminatorGradients(config, discriminator, match))),
    ...(await tableFor(generator, generatorGradients(config, generator, network, generated, judged))),
  };

  const weights = twinWeights(table);
  const update: UpdateTwin = { real: rowsOf(real, pixels), codes: rowsOf(codes, latentDim), fakeNoise: rowsOf(noise, pixels) };
  const discriminatorLoss = () => {
    const { realScores, fakeScores } = matchTwin(network, weights, update);
    return discriminatorLossTwin(config, realScores, fakeScores);
  };
  const generatorLoss = () => {
    const { fakeScores } = matchTwin(network, weights, { ...update, real: [] });
    return fakeScores.reduce((sum, score) => sum + generatorLossTwin(config, score), 0) / fakeRows;
  };
  for (const [name, values] of Object.entries(weights)) {
    const expected = centralDifferences(values, isDiscriminator(name) ? discriminatorLoss : generatorLoss);
    expectClose(found[name]!, expected, tolerance, name);
  }
}

/** Larger numbers than a network begins with, so that scores lie on both sides of the hinge's kinks. */
function spread(table: WeightTable): WeightTable {
  return Object.fromEntries(Object.entries(table).map(([name, values]) => [name, values.map((value) => 4 * value)]));
}

function side({ parameters }: Network, table: WeightTable, ofDiscriminator: boolean, backend: SuiteBackend["backend"]): SideModel {
  const layout = layoutFor({ parameters: parameters.filter(({ name }) => isDiscriminator(name) === ofDiscriminator) }, backend);
  return { layout, parameters: uploadBlocks(layout, table) };
}

async function tableFor({ layout }: SideModel, gradients: readonly tf.Tensor1D[]) {
  return tableOf(layout, await Promise.all(gradients.map(valuesOf)));
}
