/**
 * Compiled training steps against the float64 loops, with the run's own order and
 * noise.
 *
 * A gradient is seen through one step of plain descent at rate 1: what the weights lost.
 */
import { expect, test } from "vitest";
import type { Trainer, TrainerInputs } from "../engine/trainer";
import type { ImageShape } from "../protocol/datasets";
import { lossTermsOf } from "../protocol/loss-terms";
import type { WeightTable } from "../protocol/messages";
import { ACTIVATIONS, INITIALISERS, OPTIMISERS, type OptimiserKind, type RunConfig } from "../protocol/run-config";
import { expectClose } from "./close";
import { smallRun } from "./compiled-bench";
import { trainTwin } from "./training-twin";

type Make = (inputs: TrainerInputs) => Promise<Trainer>;

/** WGSL lets exp and log be off by a few units in the last place; sums here are short. */
const TOLERANCE = 1e-4;
/** As above, of a gradient that is the difference of two weights: those have 24 bits, of which the difference keeps its own size. */
const GRADIENT_TOLERANCE = 1e-4;

const SMALL = { height: 3, width: 3, channels: 1 };
const COLOUR = { height: 4, width: 3, channels: 3 };
const EVEN = { height: 4, width: 4, channels: 1 };

type Case = readonly [string, Partial<RunConfig>, ImageShape];

/** Seen through the gradient of each. */
const CASES: readonly Case[] = [
  ...ACTIVATIONS.map((activation): [string, Partial<RunConfig>, ImageShape] => [
    `dense, ${activation}`,
    { encoder: [{ units: 5, activation }], decoder: [{ units: 6, activation }] },
    SMALL,
  ]),
  ["no hidden layer", { encoder: [], decoder: [], latentDim: 1 }, SMALL],
  ["one unit everywhere", { encoder: [{ units: 1, activation: "elu" }], latentDim: 1, decoder: [{ units: 1, activation: "tanh" }] }, SMALL],
  ["widths of four", { encoder: [{ units: 8, activation: "elu" }], latentDim: 4, decoder: [{ units: 4, activation: "tanh" }] }, EVEN],
  ["three channels", { encoder: [{ units: 5, activation: "elu" }], decoder: [{ units: 7, activation: "lrelu" }] }, COLOUR],
  ["an autoencoder", { model: "ae", encoder: [{ units: 5, activation: "tanh" }], decoder: [] }, SMALL],
  ["batch of one", { batchSize: 1, encoder: [{ units: 3, activation: "softplus" }], decoder: [] }, SMALL],
  ["squared error, sigmoid", { reconstruction: "mse", outputActivation: "sigmoid", encoder: [], decoder: [] }, SMALL],
  ["squared error, tanh", { reconstruction: "mse", outputActivation: "tanh", encoder: [], decoder: [] }, COLOUR],
  ["squared error, linear", { reconstruction: "mse", outputActivation: "linear", encoder: [], decoder: [] }, SMALL],
  [
    "strided convolutions",
    { encoder: [conv(2, 3, 2), conv(5, 4, 1)], decoder: [{ units: 4, activation: "elu" }, conv(3, 3, 2), conv(2, 4, 2)] },
    EVEN,
  ],
  [
    "convolutions in colour, dense layers behind",
    {
      reconstruction: "mse",
      outputActivation: "tanh",
      encoder: [conv(3, 4, 2), { units: 4, activation: "tanh" }],
      decoder: [{ units: 3, activation: "elu" }, { units: 24, activation: "tanh" }, conv(2, 3, 1)],
    },
    { height: 4, width: 3, channels: 3 },
  ],
];

const DENSE = { encoder: [{ units: 5, activation: "elu" }], decoder: [{ units: 6, activation: "tanh" }] } satisfies Partial<RunConfig>;

/** As above, each with something of the families' own. */
const FAMILY_CASES: readonly Case[] = [
  [
    "points of a plane",
    { ...DENSE, reconstruction: "gaussian", sigma: 0.2, outputActivation: "linear" },
    { height: 1, width: 2, channels: 1 },
  ],
  ["a Gaussian through a sigmoid", { ...DENSE, reconstruction: "gaussian", sigma: 0.3 }, COLOUR],
  ["free bits, some dimensions below", { ...DENSE, klMode: "free-bits", freeBits: 0.1, latentDim: 5 }, SMALL],
  ["free bits, all below", { ...DENSE, klMode: "free-bits", freeBits: 5 }, SMALL],
  ["above a capacity", { ...DENSE, klMode: "capacity", capacity: 3 }, SMALL], // of 0 at first
  ["relu heads", { ...DENSE, headActivation: "relu", latentDim: 5 }, SMALL],
  ["relu heads of an autoencoder, without hidden layers", { model: "ae", headActivation: "relu", encoder: [], decoder: [] }, SMALL],
  ["a KL without gradient", { ...DENSE, model: "ae", mistake: "detached-kl" }, SMALL],
  ["the mean of the code", { ...DENSE, model: "ae", mistake: "code-mean", headActivation: "relu", latentDim: 5 }, SMALL],
  ["spoilt by Gaussian noise", { ...DENSE, corruption: "gaussian", corruptionLevel: 0.4 }, COLOUR],
  ["told the class, no hidden layers", { conditional: true, encoder: [], decoder: [] }, SMALL],
  ["told the class behind an autoencoder's code", { ...DENSE, model: "ae", conditional: true, reconstruction: "mse" }, SMALL],
  [
    "pixels in colour drawn and spoilt for a convolution, classes behind it",
    {
      conditional: true,
      reconstruction: "bernoulli",
      corruption: "salt",
      encoder: [conv(3, 3, 2)],
      decoder: [{ units: 24, activation: "tanh" }, conv(2, 3, 1)],
    },
    COLOUR,
  ],
];

function conv(filters: number, kernel: 3 | 4, stride: 1 | 2) {
  return { filters, kernel, stride, activation: "softplus" } as const;
}

/** Large enough for three steps to be more than the rounding of the weights: Adadelta begins with steps of a thousandth. */
const RATES: Readonly<Record<OptimiserKind, number>> = { adam: 0.02, sgd: 0.02, rmsprop: 0.02, adadelta: 1 };

/** Where a layer reads more than the one below makes, and hands back the gradient of less. */
export function compiledConditionalTwinSuite(make: Make): void {
  gradientTests(
    make,
    FAMILY_CASES.filter(([, { conditional, model }]) => conditional && model === "ae"),
  );
}

/** One step of every family's own. */
export function compiledFamilyTwinSuite(make: Make): void {
  gradientTests(make, FAMILY_CASES);
  test("below a capacity, once it has risen: two steps go where the float64 loops go", async () => {
    const changes = { ...DENSE, klMode: "capacity", capacity: 3, scheduleSteps: 1, learningRate: 0.1 } as const;
    await expectSteps(make, smallRun({ ...changes, optimiser: "sgd", momentum: 0 }, SMALL), 2);
  });
}

function gradientTests(make: Make, cases: readonly Case[]): void {
  for (const [name, changes, image] of cases) {
    test(`${name}: loss terms and gradients are the float64 loops'`, () => expectGradients(make, smallRun(changes, image)));
  }
}

export function compiledTwinSuite(make: Make): void {
  gradientTests(make, CASES);
  for (const initialiser of INITIALISERS) {
    for (const optimiser of OPTIMISERS) {
      test(`three steps of ${optimiser} (${initialiser}) go where the float64 loops go`, () =>
        expectSteps(
          make,
          smallRun(
            { optimiser, initialiser, learningRate: RATES[optimiser], encoder: [{ units: 3, activation: "tanh" }], decoder: [] },
            SMALL,
          ),
        ));
    }
  }
}

async function expectGradients(make: Make, run: TrainerInputs): Promise<void> {
  // PyTorch's momentum of 0 is no momentum: what is taken off is the gradient.
  const descent = { ...run, config: { ...run.config, optimiser: "sgd", momentum: 0, learningRate: 1, initialiser: "pytorch" } as const };
  await expectSteps(make, descent, 1);
}

/** Weights and terms after `steps`. */
async function expectSteps(make: Make, run: TrainerInputs, steps = 3): Promise<void> {
  const { config, network, weights, training } = run;
  const trainer = await make(run);
  trainer.train(steps);
  const losses = await trainer.readLosses();
  const twin = trainTwin(config, network, weights, training.pixels, steps, training.labels);
  for (const term of lossTermsOf(config)) {
    if (term !== "reconstruction" && term !== "kl" && term !== "penalty" && term !== "objective") continue; // a GAN's
    const expected = twin.terms.slice(0, steps).map((terms) => terms[term]);
    expectClose(losses[term]!, expected, TOLERANCE, term);
  }
  expectMoved(await trainer.exportWeights(), twin.weights, weights);
  trainer.dispose();
}

/** The way each parameter went, rather than where it is, lest a large weight hide a wrong gradient. */
function expectMoved(actual: WeightTable, expected: Readonly<Record<string, ArrayLike<number>>>, start: WeightTable): void {
  expect(Object.keys(actual)).toEqual(Object.keys(expected));
  for (const [name, from] of Object.entries(start)) {
    const moved = (to: ArrayLike<number>) => Array.from(from, (value, i) => to[i]! - value);
    expectClose(moved(actual[name]!), moved(expected[name]!), GRADIENT_TOLERANCE, name);
  }
}
