/**
 * The pieces of work a run is made of: a slice of training, a snapshot, an evaluation,
 * a checkpoint, each with its cost accounted for.
 *
 * Knows no command and no phase; `live-run` says what is done next.
 */
import type { AnyTrainer, Checkpoint } from "../engine/trainer";
import type { FiguresInputs } from "../engine/figures/figures-of-merit";
import { FailureError } from "../protocol/failure";
import { REFERENCE_IMAGES, type FiguresRequest } from "../protocol/figures";
import type { LossColumns, StepPart } from "../protocol/messages";
import { Cadence } from "./cadence";
import { CheckpointKeeper } from "./checkpoint-keeper";
import { divergenceLimits, evaluationDivergence, findDivergence, type Divergence, type DivergenceLimits } from "./divergence";
import { imagesOfStep } from "./images-of-step";
import type { Interruption } from "./interruption";
import { firstRows, LossBuffer } from "./loss-buffer";
import { PaceMeter } from "./pace-meter";
import type { Machine, Plan } from "./prepare-run";
import type { RunVoice } from "./run-voice";
import { heldOutImages } from "./held-out-images";
import { takeSnapshot } from "./snapshot";
import { SnapshotGate } from "./snapshot-gate";
import { StepQueue } from "./step-queue";

export interface RunWorkContext {
  readonly now: () => number;
  readonly voice: RunVoice;
  readonly interruption: Interruption;
  readonly onGoodCheckpoint: (checkpoint: Checkpoint) => void;
}

/** The last held-out evaluation: of which model, and how long it took. */
interface Evaluated {
  readonly step: number;
  readonly beta: number;
  readonly tookMs: number;
}

export class RunWork {
  readonly gate = new SnapshotGate();
  readonly keeper: CheckpointKeeper;
  readonly #plan: Plan;
  readonly #context: RunWorkContext;
  readonly #pace = new PaceMeter();
  readonly #cadence = new Cadence();
  readonly #losses = new LossBuffer();
  readonly #limits: DivergenceLimits;
  #machine: Machine;
  #queue: StepQueue;
  #evaluated: Evaluated | null = null;
  /** Whether what is done besides training holds training up. */
  #isTraining = false;
  /** Training time up to then is in the books. */
  #accountedAt = 0;

  constructor(plan: Plan, machine: Machine, start: Checkpoint, context: RunWorkContext) {
    this.#plan = plan;
    this.#context = context;
    this.#limits = divergenceLimits(plan.config, plan.network.pixels);
    this.#machine = machine;
    this.#queue = this.#newQueue();
    this.keeper = new CheckpointKeeper(start, context.onGoodCheckpoint);
  }

  get machine(): Machine {
    return this.#machine;
  }

  get trainer(): AnyTrainer {
    return this.#machine.trainer;
  }

  get isAtEnd(): boolean {
    return this.trainer.step >= this.#plan.lastStep;
  }

  /** Whether the model as it stands has been evaluated, under the beta in force. */
  get isEvaluated(): boolean {
    return this.#evaluated?.step === this.trainer.step && this.#evaluated.beta === this.trainer.beta;
  }

  /** How long the last evaluation took; infinite before the first. */
  get evaluationMs(): number {
    return this.#evaluated?.tookMs ?? Infinity;
  }

  get isHeldOutHere(): boolean {
    return this.#plan.dataset.heldOutAvailable >= this.#plan.heldOut;
  }

  isSnapshotDue(): boolean {
    return this.maySendSnapshot && this.#cadence.isSnapshotDue(this.#context.now(), this.trainer.step);
  }

  /** The last one has been painted, or this is one of the first few. */
  get maySendSnapshot(): boolean {
    return this.gate.isOpen || this.#cadence.isEarlySnapshotDue(this.trainer.step);
  }

  /** Training time begins to count. */
  start(): void {
    const now = this.#context.now();
    this.#isTraining = true;
    this.#accountedAt = now;
    this.#cadence.started(now);
  }

  /** Waits until all queued steps are done, and tells their losses. */
  async stop(): Promise<void> {
    await this.#settle();
    this.#isTraining = false;
  }

  /** Lets go of what is queued, and tells the losses that are here. */
  halt(): void {
    this.#isTraining = false;
    this.#queue = this.#newQueue();
    this.tellLosses();
  }

  /** As much training as should go between two looks at the inbox; nothing when the images of the next step are not here. */
  async trainSlice(): Promise<{ readonly isWaiting: boolean }> {
    const { now, interruption } = this.#context;
    this.#queue.collect();
    if (this.#losses.isDue(now())) this.tellLosses();
    const steps = this.#nextSteps();
    if (steps === 0) return { isWaiting: true };
    this.#queue.issue(steps);
    await interruption.within(this.#queue.room());
    if (this.#queue.unread >= this.#pace.stepsPerWindow) await interruption.within(this.#queue.read());
    if (this.isAtEnd) return { isWaiting: false };
    if (this.trainer.step % this.#plan.stepsPerEpoch === 0 && this.#isEvaluationDue()) await this.evaluate();
    if (this.#cadence.isCheckpointDue(now())) await this.keepCheckpoint();
    return { isWaiting: false };
  }

  /** One step by itself; its images must be here. @param part of a GAN; every other family has but one */
  async trainOnce(part: StepPart): Promise<void> {
    const { trainer } = this;
    this.#accountedAt = this.#context.now();
    if (part === "both" || trainer.kind !== "adversarial") this.#queue.issue(1);
    else this.#queue.issue(1, () => trainer.trainPart(part));
    await this.#settle();
  }

  /** Until the images of the next step are here, or `woken`. */
  async awaitImages(woken: Promise<void>): Promise<void> {
    await this.#settle();
    const images = this.#plan.dataset.waitFor(imagesOfStep(this.#plan.config, this.trainer.step));
    await this.#context.interruption.within(Promise.race([images, woken]));
    this.#accountedAt = this.#context.now();
  }

  /** @param chosen examples to reconstruct */
  async snapshot(chosen: readonly number[]): Promise<void> {
    const { examples, stage } = this.#plan;
    const { result, costMs } = await this.#aside(() => takeSnapshot(this.trainer, { examples, stage, indices: chosen }));
    this.#cadence.snapshotTaken(this.#context.now(), result.step, costMs);
    this.#context.voice.snapshot({ id: this.gate.pass(), ...result });
  }

  /** @throws FailureError `diverged` */
  async evaluate(): Promise<void> {
    const { heldOut, dataset } = this.#plan;
    const { beta } = this.trainer;
    const { result, costMs, tookMs } = await this.#aside(() => this.trainer.evaluate(heldOutImages(dataset, heldOut)));
    this.#cadence.evaluated(this.#context.now(), costMs);
    const divergence = evaluationDivergence(result, this.#limits);
    if (divergence !== null) throw this.#diverged(divergence);
    this.#evaluated = { step: result.step, beta, tookMs };
    this.#context.voice.evaluated(result);
    this.keeper.judgedGood(result.step);
  }

  /** What the figures of merit are taken of, of this model; `imagesToJudge` must be here. */
  figuresInputs(request: FiguresRequest): FiguresInputs {
    const { config, dataset, heldOut, network, stage } = this.#plan;
    const count = this.#referenceImages;
    const training = {
      pixels: dataset.training.subarray(0, count * network.pixels),
      count,
      labels: dataset.trainingLabels.subarray(0, count),
    };
    return {
      trainer: this.trainer,
      config,
      request,
      training,
      heldOut: heldOutImages(dataset, heldOut),
      classifier: stage?.classifier ?? null,
    };
  }

  get canJudge(): boolean {
    return this.isHeldOutHere && this.#plan.dataset.available >= this.#referenceImages;
  }

  /** Until all that the figures of merit need is here, or `woken`. */
  async awaitImagesToJudge(woken: Promise<void>): Promise<void> {
    await this.#settle();
    const { dataset, heldOut } = this.#plan;
    const images = Promise.all([dataset.waitFor(this.#referenceImages), dataset.waitForHeldOut(heldOut)]);
    await this.#context.interruption.within(Promise.race([images, woken]));
    this.#accountedAt = this.#context.now();
  }

  /** Does `work` between steps and outside of every account: neither training nor what training pays for. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    await this.#settle();
    const result = await this.#context.interruption.within(work());
    this.#accountedAt = this.#context.now();
    return result;
  }

  async keepCheckpoint(): Promise<void> {
    const { result, costMs } = await this.#aside(() => this.trainer.exportCheckpoint());
    this.#cadence.checkpointTaken(this.#context.now(), costMs);
    this.keeper.keep(result);
    if (this.#evaluated?.step === result.step) this.keeper.judgedGood(result.step);
  }

  tellLosses(): void {
    const now = this.#context.now();
    const columns = this.#losses.take(now);
    if (columns !== null) this.#context.voice.losses(columns, this.#pace.pace(now));
  }

  /** Takes up the run at `checkpoint`, on another machine after a loss; what was queued is forgotten. */
  goOnFrom(checkpoint: Checkpoint, machine: Machine = this.#machine): void {
    machine.trainer.importCheckpoint(checkpoint);
    this.#machine = machine;
    this.#queue = this.#newQueue();
    this.#losses.clear(); // told again
    this.#evaluated = null;
    this.#accountedAt = this.#context.now();
  }

  /** Steps of the next slice: not past the end, an early snapshot, an epoch's end that is evaluated, or the images that are here. */
  #nextSteps(): number {
    const { config, dataset, stepsPerEpoch, lastStep } = this.#plan;
    const { step } = this.trainer;
    const toSnapshot = this.#cadence.stepsToEarlySnapshot(step);
    let steps = Math.min(this.#pace.stepsPerSlice, this.#queue.portion, lastStep - step, toSnapshot);
    if (this.#isEvaluationDue()) steps = Math.min(steps, stepsPerEpoch - (step % stepsPerEpoch));
    while (steps > 0 && dataset.available < imagesOfStep(config, step + steps - 1)) steps = Math.floor(steps / 2);
    return steps;
  }

  get #referenceImages(): number {
    return Math.min(REFERENCE_IMAGES, this.#plan.config.trainSize);
  }

  #isEvaluationDue(): boolean {
    return this.isHeldOutHere && this.#cadence.isEvaluationDue(this.#context.now());
  }

  async #settle(): Promise<void> {
    await this.#context.interruption.within(this.#queue.drain());
    this.tellLosses();
  }

  #newQueue(): StepQueue {
    const queue: StepQueue = new StepQueue(this.trainer, (columns) => {
      if (queue === this.#queue) this.#onLosses(columns);
    });
    return queue;
  }

  #onLosses(columns: LossColumns): void {
    const now = this.#context.now();
    const trainingMs = now - this.#accountedAt;
    this.#accountedAt = now;
    this.#pace.trained(now, columns.step.length, trainingMs);
    this.#cadence.trained(trainingMs);
    const divergence = findDivergence(columns, this.#limits);
    if (divergence !== null) {
      this.#losses.add(firstRows(columns, divergence.row));
      throw this.#diverged(divergence);
    }
    this.#losses.add(columns);
    const last = columns.step.at(-1);
    if (last !== undefined) this.keeper.judgedGood(last - 1);
  }

  /** Does `work` between steps, when nothing is queued, so that the time it takes is its own; it costs nothing at rest. */
  async #aside<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly costMs: number; readonly tookMs: number }> {
    await this.#settle();
    const { now, interruption } = this.#context;
    const began = now();
    const result = await interruption.within(work());
    this.#accountedAt = now();
    const tookMs = this.#accountedAt - began;
    const costMs = this.#isTraining ? tookMs : 0;
    if (costMs > 0) this.#pace.spent(this.#accountedAt, costMs);
    return { result, costMs, tookMs };
  }

  #diverged({ term, value, step }: Divergence): FailureError {
    this.keeper.judgedBad();
    const { learningRate } = this.trainer;
    return new FailureError({ kind: "diverged", term, value, step, learningRate, lastGoodStep: this.keeper.good.step });
  }
}
