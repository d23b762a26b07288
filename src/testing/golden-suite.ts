/** The engine's passes and optimisers against PyTorch, on whichever backend is open. */
import { expect, test } from "vitest";
import { chargeOf } from "../engine/charge";
import { oneHotRows } from "../engine/images";
import { SLOT_NAMES } from "../engine/optimiser-constants";
import { optimiserRule } from "../engine/optimisers";
import { layoutFor, tableOf, uploadBlocks, zeroBlocks, type Blocks } from "../engine/parameters";
import { backward, forward, type Batch } from "../engine/pass";
import { klToPrior } from "../engine/posterior";
import { reconstructionLosses } from "../engine/reconstruction";
import type { Model } from "../engine/stack";
import * as tf from "../engine/tf";
import { betaAt, capacityAt } from "../model/schedule";
import { lossTermsOf } from "../protocol/loss-terms";
import { expectClose } from "./close";
import { floats, floatTable, GOLDEN, goldenConfig, goldenInputs, goldenNetwork, goldenTargets, type Golden } from "./golden";
import type { SuiteBackend } from "./engine-suite";

const valuesOf = async (tensor: tf.Tensor) => (await tensor.data()) as Float32Array<ArrayBuffer>;

const meanOf = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

function modelOf(golden: Golden, { backend }: SuiteBackend): Model {
  const network = goldenNetwork(golden);
  const layout = layoutFor(network, backend);
  return { network, layout, parameters: uploadBlocks(layout, floatTable(golden.weights)) };
}

function batchOf(golden: Golden, step: number): { readonly batch: Batch; readonly epsilon: tf.Tensor2D | null } {
  const { images, batch: rows, epsilon, config, labels, classes = 0 } = golden;
  const shape: [number, number] = [rows, images.length / rows];
  const batch = {
    input: tf.tensor2d(goldenInputs(golden, step), shape),
    target: tf.tensor2d(goldenTargets(golden, step), shape),
    told: labels === undefined ? null : tf.tensor2d(oneHotRows(Uint8Array.from(labels), [...labels.keys()], classes), [rows, classes]),
  };
  return { batch, epsilon: config.model === "ae" ? null : tf.tensor2d(floats(epsilon[step]!), [rows, config.latentDim]) };
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
  const { batch, epsilon } = batchOf(golden, 0);
  const config = goldenConfig(golden);
  const pass = forward(modelOf(golden, suite), batch, epsilon);
  const { posterior } = pass.encoded;
  const expected = golden.forward;
  expectClose(await valuesOf(posterior.mean), expected.mean, suite.tolerance, "mean");
  expect(posterior.spread === null).toBe(expected.logVar === null);
  if (posterior.spread !== null) expectClose(await valuesOf(posterior.spread.logVar), expected.logVar!, suite.tolerance, "logVar");
  expectClose(await valuesOf(pass.z), expected.z, suite.tolerance, "z");
  expectClose(await valuesOf(pass.decoded.logits), expected.logits, suite.tolerance, "logits");
  expectClose(await valuesOf(pass.decoded.reconstruction), expected.reconstruction, suite.tolerance, "reconstruction");
  const losses = await valuesOf(reconstructionLosses(config, pass.decoded));
  expectClose(losses, expected.losses, suite.tolerance, "losses");
  expectClose(await valuesOf(klToPrior(posterior)), expected.kl, suite.tolerance, "kl of each");

  const { beta, capacity } = golden.rates;
  const charge = chargeOf(config, posterior, capacity);
  const [kl] = await valuesOf(charge.kl);
  const [penalty] = charge.penalty === null ? [undefined] : await valuesOf(charge.penalty);
  const reconstruction = meanOf(losses);
  const found = { reconstruction, kl: kl!, penalty, objective: reconstruction + beta * (penalty ?? kl!) };
  expect(Object.keys(golden.terms)).toEqual(lossTermsOf(config));
  for (const term of ["reconstruction", "kl", "objective"] as const)
    expectClose([found[term]], [golden.terms[term]!], suite.tolerance, term);
  expect(penalty === undefined).toBe(golden.terms.penalty === undefined);
  if (penalty !== undefined) expectClose([penalty], [golden.terms.penalty!], suite.tolerance, "penalty");
}

/** By every parameter, in blocks. */
function gradientsOf(golden: Golden, model: Model, step: number, beta: number, capacity: number): Blocks {
  const { batch, epsilon } = batchOf(golden, step);
  const config = goldenConfig(golden);
  const pass = forward(model, batch, epsilon);
  return backward(config, model, pass, chargeOf(config, pass.encoded.posterior, capacity), beta);
}

async function expectGradients(golden: Golden, suite: SuiteBackend): Promise<void> {
  const model = modelOf(golden, suite);
  const { beta, capacity } = golden.rates;
  const table = tableOf(model.layout, await Promise.all(gradientsOf(golden, model, 0, beta, capacity).map(valuesOf)));
  expect(Object.keys(table)).toEqual(Object.keys(golden.gradients));
  for (const [name, expected] of Object.entries(golden.gradients)) expectClose(table[name]!, expected, suite.tolerance, name);
}

async function expectTrained(golden: Golden, trained: Golden["trained"][number], suite: SuiteBackend): Promise<void> {
  const config = goldenConfig(golden, trained);
  let model = modelOf(golden, suite);
  const update = optimiserRule(config);
  let slots: Blocks[] = SLOT_NAMES[config.optimiser].map(() => zeroBlocks(model.layout));
  for (let step = 1; step <= golden.epsilon.length; step++) {
    const gradients = gradientsOf(golden, model, step - 1, betaAt(config, config.beta, step), capacityAt(config, step));
    const updated = model.parameters.map((block, i) => {
      const state = slots.map((slot) => slot[i]!);
      return update(block, gradients[i]!, state, config.learningRate, step);
    });
    model = { ...model, parameters: updated.map(({ parameters }) => parameters) };
    slots = slots.map((_, s) => updated.map((block) => block.slots[s]!));
  }
  const table = tableOf(model.layout, await Promise.all(model.parameters.map(valuesOf)));
  for (const [name, expected] of Object.entries(trained.weights)) expectClose(table[name]!, expected, suite.tolerance, name);
}
