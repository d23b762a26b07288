/** A session with the real engine on its slowest rung, in Node: what the fakes stand for is what is there. */
import { afterEach, expect, test } from "vitest";
import { encode } from "../model/forward";
import { initialWeights } from "../model/initial-weights";
import { describeNetwork } from "../model/network";
import { FakeDataset, nextTask, runId, SessionHarness, SMALL_CONFIG } from "../testing/session-harness";
import { enginePorts } from "./ports";

const config = { ...SMALL_CONFIG, trainSize: 200, batchSize: 20, learningRate: 0.02, beta: 0.2 }; // so small a network collapses under beta 1
const onCpu = { options: { backend: "cpu" } } as const;

/** Two kinds of images: the upper row white, or the lower one. */
function stripes(): FakeDataset {
  const dataset = new FakeDataset(config.trainSize, 40);
  for (const images of [dataset.training, dataset.heldOut]) {
    for (let i = 0; i < images.length; i++) images[i] = Math.floor(i / 2) % 2 === Math.floor(i / 4) % 2 ? 250 : 5;
  }
  return dataset;
}

/** Real arithmetic on a machine that may be busy: a second or two of work. */
const PATIENCE_MS = 60_000;

let harness: SessionHarness;
const open = () =>
  (harness = new SessionHarness({ dataset: stripes, ports: { ...enginePorts, now: () => performance.now(), sleep: () => nextTask() } }));
afterEach(() => harness.close());

test(
  "trains, and what is shown of the model is the model",
  async () => {
    open();
    await harness.ready(1, config, onCpu);
    expect(harness.of("ready")[0]!.report.backend).toMatchObject({ backend: "cpu", engine: "tfjs" });
    harness.command("train");
    await harness.untilStep(200);
    harness.command("pause");
    await harness.untilPhase("paused");
    await harness.until(() => harness.of("evaluated").at(-1)!.evaluation.step === harness.of("phase").at(-1)!.step);
    await harness.rest();

    const judged = harness.of("evaluated").map(({ evaluation }) => evaluation.objective);
    expect(judged.at(-1)!).toBeLessThan(0.75 * judged[0]!); // from 4 unknown pixels, 4 ln 2 = 2.8 nats, to 1 unknown stripe
    const { step } = harness.of("phase").at(-1)!;
    expect(harness.rows()).toEqual(Array.from({ length: step }, (_, i) => i + 1));

    const { snapshot } = harness.of("snapshot").at(-1)!;
    const network = describeNetwork(config, { height: 2, width: 2, channels: 1 });
    const { examples } = harness.of("ready")[0]!.report;
    const x = Float32Array.from(examples.pixels, (byte) => byte / 255);
    const { mean } = encode(network, snapshot.weights, x, examples.labels.length);
    expect(snapshot.step).toBe(step);
    // The page's own float32 forward pass, which adds in another order.
    snapshot.posteriorMean.forEach((value, i) => expect(value).toBeCloseTo(mean[i]!, 4));
  },
  PATIENCE_MS,
);

test(
  "a reset repeats the run to the last bit, and a checkpoint goes on with the same numbers",
  async () => {
    open();
    const losses = async (id: number, upTo: number) => {
      const told = () => harness.of("losses").filter((event) => event.runId === runId(id));
      await harness.until(() => (told().at(-1)?.columns.step.at(-1) ?? 0) >= upTo);
      harness.command("pause", id);
      await harness.untilPhase("paused");
      return told().flatMap(({ columns }) => [...columns.objective!]);
    };
    await harness.ready(1, config, onCpu);
    harness.command("train", 1);
    const first = await losses(1, 120);
    await harness.ready(2, config, onCpu);
    expect(harness.of("snapshot").at(-1)!.snapshot.weights).toEqual(initialWeights(describeNetwork(config, stripes().image), "pytorch", 1));
    harness.command("train", 2);
    const second = await losses(2, 20);
    expect(second.slice(0, 20)).toEqual(first.slice(0, 20));

    harness.prepare(3, config, { ...onCpu, from: "checkpoint" });
    await harness.until(() => harness.of("ready").length === 3);
    const { step } = harness.of("ready")[2]!.report;
    expect(step).toBe(second.length);
    harness.command("train", 3);
    const third = await losses(3, step + 5);
    const wanted = first.slice(step, step + 5);
    expect(wanted.length).toBe(5);
    expect(third.slice(0, 5)).toEqual(wanted);
  },
  PATIENCE_MS,
);

test(
  "a learning rate of 100 is a named stop with a way back",
  async () => {
    open();
    await harness.ready(1, { ...config, optimiser: "sgd", learningRate: 100 }, onCpu);
    harness.command("train");
    await harness.until(() => harness.of("failed").length === 1);
    expect(harness.lastFailure()).toMatchObject({ kind: "diverged", lastGoodStep: 0, learningRate: 100 });
    harness.send({ type: "rewind", runId: runId(1), learningRate: 0.01 });
    await harness.until(() => harness.of("ready").length === 2);
    harness.command("train");
    await harness.untilStep(50);
    expect(harness.of("failed").length).toBe(1);
  },
  PATIENCE_MS,
);
