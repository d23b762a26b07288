/** The engine's passes and optimisers against PyTorch, on whichever backend is open. */
import { expect, test } from "vitest";
import { SLOT_NAMES } from "../engine/optimiser-constants";
import { optimiserRule } from "../engine/optimisers";
import { layoutFor, tableOf, uploadBlocks, zeroBlocks, type Blocks } from "../engine/parameters";
import { backward, forward, type Model } from "../engine/pass";
import { klToPrior } from "../engine/posterior";
import { reconstructionLosses } from "../engine/reconstruction";
import * as tf from "../engine/tf";
import { expectClose } from "./close";
import { floats, floatTable, GOLDEN, goldenConfig, goldenNetwork, type Golden } from "./golden";
import type { SuiteBackend } from "./engine-suite";

const valuesOf = async (tensor: tf.Tensor) => (await tensor.data()) as Float32Array<ArrayBuffer>;

const meanOf = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

function modelOf(golden: Golden, { backend }: SuiteBackend): Model {
  const network = goldenNetwork(golden);
  const layout = layoutFor(network, backend);
  return { network, layout, parameters: uploadBlocks(layout, floatTable(golden.weights)) };
}

function batchOf({ images, batch, epsilon, config }: Golden, step: number) {
  const x = tf.tensor2d(floats(images.map((byte) => byte / 255)), [batch, images.length / batch]);
  const noise = config.model === "ae" ? null : tf.tensor2d(floats(epsilon[step]!), [batch, config.latentDim]);
  return { x, epsilon: noise };
}

export function goldenSuite(suite: SuiteBackend): void {
  for (const [name, golden] of Object.entries(GOLDEN)) {
    test(`${name}: forward values and loss terms are PyTorch's`, () => expectForward(golden, suite));
    test(`${name}: every gradient is PyTorch's`, () => expectGradients(golden, suite));
    for (const trained of golden.trained) {
      test(`${name}: three steps of ${trained.optimiser} (${trained.initialiser}) end where they should`, () =>
        expectTrained(golden, trained, suite));
    }
  }
}

async function expectForward(golden: Golden, suite: SuiteBackend): Promise<void> {
  const { x, epsilon } = batchOf(golden, 0);
  const pass = forward(modelOf(golden, suite), x, epsilon);
  const { posterior } = pass.encoded;
  const expected = golden.forward;
  expectClose(await valuesOf(posterior.mean), expected.mean, suite.tolerance, "mean");
  expect(posterior.spread === null).toBe(expected.logVar === null);
  if (posterior.spread !== null) expectClose(await valuesOf(posterior.spread.logVar), expected.logVar!, suite.tolerance, "logVar");
  expectClose(await valuesOf(pass.z), expected.z, suite.tolerance, "z");
  expectClose(await valuesOf(pass.decoded.logits), expected.logits, suite.tolerance, "logits");
  expectClose(await valuesOf(pass.decoded.reconstruction), expected.reconstruction, suite.tolerance, "reconstruction");
  const losses = await valuesOf(reconstructionLosses(golden.config.reconstruction, pass.decoded));
  const kl = await valuesOf(klToPrior(posterior));
  expectClose(losses, expected.losses, suite.tolerance, "losses");
  expectClose(kl, expected.kl, suite.tolerance, "kl");
  expectClose([meanOf(losses) + golden.config.beta * meanOf(kl)], [golden.objective], suite.tolerance, "objective");
}

async function expectGradients(golden: Golden, suite: SuiteBackend): Promise<void> {
  const model = modelOf(golden, suite);
  const { x, epsilon } = batchOf(golden, 0);
  const gradients = backward(golden.config, model, forward(model, x, epsilon), golden.config.beta);
  const table = tableOf(model.layout, await Promise.all(gradients.map(valuesOf)));
  expect(Object.keys(table)).toEqual(Object.keys(golden.gradients));
  for (const [name, expected] of Object.entries(golden.gradients)) expectClose(table[name]!, expected, suite.tolerance, name);
}

async function expectTrained(golden: Golden, trained: Golden["trained"][number], suite: SuiteBackend): Promise<void> {
  const config = goldenConfig(golden, trained);
  let model = modelOf(golden, suite);
  const update = optimiserRule(config);
  let slots: Blocks[] = SLOT_NAMES[config.optimiser].map(() => zeroBlocks(model.layout));
  for (let step = 0; step < golden.epsilon.length; step++) {
    const { x, epsilon } = batchOf(golden, step);
    const gradients = backward(config, model, forward(model, x, epsilon), config.beta);
    const updated = model.parameters.map((block, i) => {
      const state = slots.map((slot) => slot[i]!);
      return update(block, gradients[i]!, state, config.learningRate, step + 1);
    });
    model = { ...model, parameters: updated.map(({ parameters }) => parameters) };
    slots = slots.map((_, s) => updated.map((block) => block.slots[s]!));
  }
  const table = tableOf(model.layout, await Promise.all(model.parameters.map(valuesOf)));
  for (const [name, expected] of Object.entries(trained.weights)) expectClose(table[name]!, expected, suite.tolerance, name);
}
