/** What is shown of an earlier model, against what the worker told of it: sessions with the real engine on its slowest rung. */
import { afterEach, expect, test } from "vitest";
import { describeNetwork } from "../model/network";
import type { Snapshot } from "../protocol/messages";
import { DEFAULT_OPTIONS, type RunConfig } from "../protocol/run-config";
import { expectClose } from "../testing/close";
import { FakeDataset, nextTask, SessionHarness, SMALL_CONFIG } from "../testing/session-harness";
import { enginePorts } from "../worker/ports";
import { packMoment } from "./moments";
import { packMoments } from "./pack-moments";
import { createRunStore, type RunStore } from "./run-store";
import { withExamples } from "./shown-model";

const BASE: RunConfig = { ...SMALL_CONFIG, trainSize: 200, batchSize: 20, learningRate: 0.02 };

/** Real arithmetic on a machine that may be busy: a second or two of work. */
const PATIENCE_MS = 60_000;

let harness: SessionHarness;
afterEach(() => harness.close());

/** Trains a few steps in a real session, and lets a store hear what is said. */
async function trained(config: RunConfig, steps: number): Promise<RunStore> {
  harness = new SessionHarness({
    dataset: () => new FakeDataset(config.trainSize, 20),
    ports: { ...enginePorts, now: () => performance.now(), sleep: () => nextTask() },
  });
  await harness.ready(1, config, { options: { backend: "cpu" } });
  for (let step = 1; step <= steps; step++) {
    harness.command("step");
    await harness.until(() => harness.of("snapshot").some(({ snapshot }) => snapshot.step === step));
  }
  const run = createRunStore(() => {}, { config, options: DEFAULT_OPTIONS });
  run.getState().prepare(config, DEFAULT_OPTIONS);
  // The fakes' images are 2 × 2, the store describes the data set's own.
  run.setState({ network: describeNetwork(config, { height: 2, width: 2, channels: 1 }) });
  for (const event of harness.events) run.getState().receive(event);
  return run;
}

/** The page's float32 against the backend's: sums of a handful of products in another order, relative to values of about 1. */
const TOLERANCE = 1e-5;

const FAMILIES: Readonly<Record<string, Partial<RunConfig>>> = {
  "a VAE": {},
  "an autoencoder of squared error": { model: "ae", reconstruction: "mse" },
  "a denoising VAE": { corruption: "masking", corruptionLevel: 0.3 },
  "a VAE of black and white": { reconstruction: "bernoulli" },
  "a conditional VAE": { conditional: true },
  "a Gaussian decoder": { reconstruction: "gaussian", sigma: 0.3 },
  "a GAN": { model: "gan", adamBeta1: 0.5 },
};

test.each(Object.entries(FAMILIES))(
  "%s: the page makes the examples that the worker told of, and keeps the weights' object",
  async (_, changes) => {
    const run = await trained({ ...BASE, ...changes }, 3);
    const told = run.getState().newest!;
    expect(told.step).toBe(3);
    expect(told.exampleIndices.length).toBeGreaterThan(0);
    const bare: Snapshot = { ...told, exampleIndices: [], reconstructions: new Float32Array(0), exampleLosses: new Float32Array(0) };
    const made = withExamples(run.getState(), bare, told.exampleIndices, run.getState().material);
    expect(made.weights).toBe(told.weights);
    expect(made.exampleIndices).toEqual(told.exampleIndices);
    expectClose(made.reconstructions, told.reconstructions, TOLERANCE);
    expectClose(made.exampleLosses, told.exampleLosses, TOLERANCE);
  },
  PATIENCE_MS,
);

test(
  "a moment is shown as it was while the run goes on, in half precision once it is packed, and let go of again",
  async () => {
    const run = await trained(BASE, 3);
    const { getState } = run;
    const snapshots = harness.of("snapshot").map(({ snapshot }) => snapshot);
    const stop = packMoments(run, (task) => task());
    getState().receive({ type: "snapshot", runId: getState().runId, snapshot: { ...snapshots.at(-1)!, id: 99, step: 4 } });
    await expect.poll(() => getState().moments.map(({ model }) => model.kind)).toEqual(["packed", "packed", "packed", "packed", "whole"]);
    stop();
    const newest = getState().newest!;

    getState().showMoment(2);
    const shown = getState().snapshot!;
    expect(getState().shown).toEqual({ kind: "moment", step: 2 });
    expect(shown.exampleIndices).toEqual(newest.exampleIndices);
    // Halves have 11 significant bits.
    const whole = snapshots.find(({ step }) => step === 2)!;
    expectClose(shown.weights["mean.weight"]!, whole.weights["mean.weight"]!, 2 ** -11);
    expectClose(shown.posteriorMean, whole.posteriorMean, 2 ** -11);

    getState().showMoment(2);
    expect(getState().snapshot).toBe(shown); // a film does not decode twice
    getState().chooseExamples([3, 1]);
    expect(getState().snapshot).toMatchObject({ step: 2, exampleIndices: [3, 1] });
    expect(getState().snapshot!.weights).toBe(shown.weights);

    const later = { ...newest, id: 100, step: 5 };
    getState().receive({ type: "snapshot", runId: getState().runId, snapshot: later });
    expect(getState().snapshot).toMatchObject({ step: 2 });
    expect(getState().newest).toBe(later);
    getState().showMoment(5); // the newest is the run as it stands
    expect(getState()).toMatchObject({ shown: { kind: "newest" }, snapshot: later });
  },
  PATIENCE_MS,
);

test(
  "who trains sees the run again; a run that goes back behind the moment shown, and a new run, show no past",
  async () => {
    const run = await trained(BASE, 3);
    const { getState } = run;
    const { runId, newest } = getState();
    getState().showMoment(2);
    getState().stepOnce();
    expect(getState()).toMatchObject({ shown: { kind: "newest" }, snapshot: newest });

    getState().showMoment(2);
    const failure = { kind: "device-lost", message: "gone" } as never;
    getState().receive({ type: "recovered", runId, failure, step: 1, backend: getState().ready!.backend });
    expect(getState().shown).toEqual({ kind: "newest" });
    expect(getState().moments.map(({ step }) => step)).toEqual([0, 1]);

    getState().showMoment(0);
    expect(getState().shown).toEqual({ kind: "moment", step: 0 });
    getState().prepare(getState().config, getState().options, "checkpoint");
    expect(getState()).toMatchObject({ shown: { kind: "newest" }, snapshot: null });
    expect(getState().moments.map(({ step }) => step)).toEqual([0, 1]);
    getState().reset();
    expect(getState().moments).toEqual([]);
  },
  PATIENCE_MS,
);

test("what was packed for a run that is gone is thrown away", async () => {
  const run = await trained(BASE, 1);
  const { getState } = run;
  const tasks: (() => void)[] = [];
  const stop = packMoments(run, (task) => void tasks.push(task));
  getState().receive({ type: "snapshot", runId: getState().runId, snapshot: { ...getState().newest!, step: 2 } });
  expect(tasks).toHaveLength(1);
  tasks[0]!();
  getState().reset();
  await packMoment({ step: 0, model: { kind: "whole", snapshot: harness.of("snapshot")[0]!.snapshot } });
  expect(getState().moments).toEqual([]);
  stop();
});
