/** A session over a trainer that queues without limit, as a GPU's does: how much it lets queue. */
import { afterEach, expect, test } from "vitest";
import { SubmitPacer } from "../engine/compiled/submit-pacer";
import type { TrainerInputs } from "../engine/trainer";
import type { LossColumns } from "../protocol/messages";
import { FakeTrainer, type FakeClock } from "../testing/fake-trainer";
import { nextTask, SessionHarness } from "../testing/session-harness";

const FREE = { step: 0, snapshot: 0, evaluation: 0, checkpoint: 0, judgement: 0 };

/** Calls return at once; a GPU works the submits off in their order, on the session's clock. */
class QueueingTrainer extends FakeTrainer {
  readonly submits: SubmitPacer;
  /** Submits that were unfinished at a time. */
  most = 0;
  readonly #clock: FakeClock;
  readonly #msPerStep: number;
  #unfinished = 0;
  #lastDone = Promise.resolve();

  constructor(inputs: TrainerInputs, clock: FakeClock, msPerStep: number) {
    super(inputs, { clock, costs: FREE, backend: "webgpu", available: () => Infinity });
    this.#clock = clock;
    this.#msPerStep = msPerStep;
    this.submits = new SubmitPacer(12, clock.now);
  }

  override train(steps: number): void {
    super.train(steps);
    for (let left = steps; left > 0;) {
      const atOnce = Math.min(left, this.submits.stepsPerSubmit);
      this.most = Math.max(this.most, ++this.#unfinished);
      this.#lastDone = this.#work(this.#lastDone, atOnce);
      this.submits.submitted(atOnce, this.#lastDone);
      left -= atOnce;
    }
  }

  override async readLosses(): Promise<LossColumns> {
    const done = this.#lastDone;
    const losses = super.readLosses();
    await done;
    return losses;
  }

  async #work(before: Promise<void>, steps: number): Promise<void> {
    await before;
    // oxlint-disable-next-line no-await-in-loop -- the session gets many turns in the meantime
    for (let turn = 0; turn < 5; turn++) await nextTask();
    this.#clock.advance(steps * this.#msPerStep);
    this.#unfinished--;
  }
}

let harness: SessionHarness;
afterEach(() => harness.close());

async function trained(msPerStep: number, steps: number): Promise<QueueingTrainer> {
  let trainer: QueueingTrainer | undefined;
  harness = new SessionHarness({
    ports: {
      createTrainer: (inputs, { backend, adapter, skipped }) => {
        trainer = new QueueingTrainer(inputs, harness.clock, msPerStep);
        return Promise.resolve({ trainer, report: { backend, engine: "compiled", adapter, skipped } });
      },
    },
  });
  await harness.ready();
  harness.command("train");
  await harness.untilStep(steps);
  harness.command("pause");
  await harness.untilPhase("paused");
  expect(harness.rows()).toEqual(Array.from({ length: trainer!.step }, (_, i) => i + 1));
  return trainer!;
}

test.each([0.1, 0.5, 3])("at %s ms a step two submits of 4–16 ms are unfinished, never three", async (msPerStep) => {
  const { most, slices } = await trained(msPerStep, 100 / msPerStep);
  expect(most).toBe(2);
  expect(Math.max(...slices) * msPerStep).toBeLessThanOrEqual(16);
  expect(Math.max(...slices) * msPerStep).toBeGreaterThanOrEqual(4);
});

test("where a step is long two of them are queued, never three", async () => {
  const { most, slices } = await trained(110, 20);
  expect([most, Math.max(...slices)]).toEqual([2, 1]);
});
