/** What a run says to the page, each thing in one place. Decides nothing. */
import type { Failure } from "../protocol/failure";
import type { FiguresOfMerit } from "../protocol/figures";
import type { Evaluation, LossColumns, Pace, Phase, RunId, Snapshot, TrainerEvent } from "../protocol/messages";
import type { Machine, Plan } from "./prepare-run";

export class RunVoice {
  readonly #runId: RunId;
  readonly #post: (event: TrainerEvent) => void;

  constructor(runId: RunId, post: (event: TrainerEvent) => void) {
    this.#runId = runId;
    this.#post = post;
  }

  ready({ network, examples, classNames, stepsPerEpoch, heldOut, floor, offered }: Plan, { report, trainer }: Machine): void {
    this.#post({
      type: "ready",
      runId: this.#runId,
      report: {
        backend: report,
        image: network.image,
        classNames,
        examples: { pixels: examples.pixels.slice(), labels: examples.labels.slice() }, // these move to the page
        stepsPerEpoch,
        heldOut,
        floor,
        step: trainer.step,
        checkpoint: offered,
      },
    });
  }

  /** A failed run has said so in another way. */
  phase(phase: Phase, step: number): void {
    if (phase !== "failed") this.#post({ type: "phase", runId: this.#runId, phase, step });
  }

  rates({ trainer: { step, learningRate, beta } }: Machine): void {
    this.#post({ type: "tuned", runId: this.#runId, step, learningRate, beta });
  }

  losses(columns: LossColumns, pace: Pace | null): void {
    this.#post({ type: "losses", runId: this.#runId, columns, pace });
  }

  snapshot(snapshot: Snapshot): void {
    this.#post({ type: "snapshot", runId: this.#runId, snapshot });
  }

  evaluated(evaluation: Evaluation): void {
    this.#post({ type: "evaluated", runId: this.#runId, evaluation });
  }

  judging(done: number, total: number): void {
    this.#post({ type: "judging", runId: this.#runId, done, total });
  }

  /** @param figures null when judging was stopped */
  judged(figures: FiguresOfMerit | null): void {
    this.#post({ type: "judged", runId: this.#runId, figures });
  }

  recovered(failure: Failure, { report, trainer }: Machine): void {
    this.#post({ type: "recovered", runId: this.#runId, failure, step: trainer.step, backend: report });
  }

  /** Something is amiss that does not stop the run. */
  notice(failure: Failure): void {
    this.#post({ type: "notice", runId: this.#runId, failure });
  }

  failed(failure: Failure): void {
    this.#post({ type: "failed", runId: this.#runId, failure });
  }
}
