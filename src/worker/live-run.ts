/**
 * A run that is ready: takes its commands one at a time and trains in between.
 *
 * Of several things to do the first in this order is done, then the inbox is looked at
 * again: a command; a snapshot that is owed; a piece of judging; training; at rest, an
 * evaluation, a checkpoint and the figures that are owed at the end. Nothing here waits
 * for the page, and the trainer is never touched from two sides.
 *
 * Leaves failures to `run`: whatever goes wrong comes out of `serve` as an exception.
 */
import type { Checkpoint } from "../engine/trainer";
import { assertNever } from "../lib/assert";
import { firstExamples } from "../model/first-examples";
import type { Failure } from "../protocol/failure";
import { FINAL_REQUEST, type FiguresRequest } from "../protocol/figures";
import type { Command, Phase, StepPart } from "../protocol/messages";
import { RANGES } from "../protocol/run-config";
import { storageKey } from "./checkpoint-format";
import type { CheckpointShelf } from "./checkpoint-shelf";
import { imagesOfStep } from "./images-of-step";
import type { Inbox } from "./inbox";
import type { Interruption } from "./interruption";
import { Judging } from "./judging";
import type { SessionPorts } from "./ports";
import type { Machine, Plan, Prepared } from "./prepare-run";
import { RunWork } from "./run-work";
import type { RunVoice } from "./run-voice";
import { validExamples } from "./snapshot";

export type RunCommand = Exclude<Command, { readonly type: "prepare" }>;

export interface LiveRunContext {
  readonly ports: Pick<SessionPorts, "now" | "nextTask">;
  readonly voice: RunVoice;
  readonly inbox: Inbox<RunCommand>;
  readonly interruption: Interruption;
  readonly checkpoints: CheckpointShelf;
  /** Examples chosen in an earlier run on the same data; empty when none were. */
  readonly chosen: readonly number[];
  readonly onChosen: (indices: readonly number[]) => void;
}

/** A held-out evaluation that takes no longer than this is made after every single step too. */
const CHEAP_EVALUATION_MS = 150;

export class LiveRun {
  readonly plan: Plan;
  readonly #context: LiveRunContext;
  readonly #work: RunWork;
  readonly #judging: Judging;
  readonly #owed = { snapshot: false, evaluation: false, checkpoint: false, figures: false };
  #phase: Phase;
  #chosen: readonly number[];

  constructor({ plan, machine, start }: Prepared, context: LiveRunContext) {
    this.plan = plan;
    this.#context = context;
    this.#work = new RunWork(plan, machine, start, {
      now: context.ports.now,
      voice: context.voice,
      interruption: context.interruption,
      onGoodCheckpoint: (good) => this.#shelve(good),
    });
    this.#judging = new Judging(context.ports.now, context.voice);
    this.#phase = this.#work.isAtEnd ? "finished" : start.step > 0 ? "paused" : "idle";
    const remembered = validExamples(context.chosen, plan.examples.labels.length);
    this.#chosen = remembered.length > 0 ? remembered : firstExamples(plan.examples.labels);
  }

  get phase(): Phase {
    return this.#phase;
  }

  get machine(): Machine {
    return this.#work.machine;
  }

  get step(): number {
    return this.#work.trainer.step;
  }

  /** The last point the run could go on from, whether or not its weights have been judged. */
  get newestCheckpoint(): Checkpoint {
    return this.#work.keeper.newest;
  }

  /** Tells the page what this run is and where it stands. */
  announce(): void {
    const { voice } = this.#context;
    const { config } = this.plan;
    const { learningRate, beta } = this.#work.trainer;
    voice.ready(this.plan, this.machine);
    if (learningRate !== config.learningRate || beta !== config.beta) voice.rates(this.machine);
    this.#tellPhase();
    this.#oweAll();
  }

  /** Works until something goes wrong or the run is ended; never returns. */
  async serve(): Promise<never> {
    const { inbox, interruption, ports } = this.#context;
    for (;;) {
      interruption.throwIfRaised();
      const command = inbox.take();
      if (command !== undefined) await this.#obey(command);
      else if (this.#owed.snapshot && this.#work.maySendSnapshot) await this.#snapshot();
      else if (this.#mayEvaluate()) await this.#evaluate();
      else if (this.#judging.isUnderWay) await this.#judge();
      else if (this.#phase === "training") await this.#train();
      else if (this.#owed.checkpoint) await this.#keepCheckpoint();
      else if (this.#owed.figures && !this.#owed.evaluation) this.#beginJudging(FINAL_REQUEST);
      else await interruption.within(inbox.arrival());
      await ports.nextTask();
    }
  }

  /** Tells the page; from here on only a `rewind` does anything, and only after a divergence. */
  fail(failure: Failure): void {
    this.#phase = "failed";
    this.#owed.snapshot = false;
    this.#owed.evaluation = false;
    this.#owed.checkpoint = false;
    this.#owed.figures = false;
    this.#judging.giveUp();
    this.#work.halt();
    this.#context.voice.failed(failure);
  }

  /** Goes on from the newest checkpoint on another machine, with the rates in force and in the phase it was in. */
  moveTo(machine: Machine, failure: Failure): void {
    const { learningRate, beta } = this.#work.trainer;
    this.#judging.giveUp(); // of a model that is gone
    this.#work.goOnFrom(this.newestCheckpoint, machine);
    machine.trainer.tune({ learningRate, beta });
    if (this.#phase === "failed") return;
    this.#context.voice.recovered(failure, machine);
    this.#context.voice.rates(machine);
    this.#oweAll();
  }

  /** The run as it stands; its weights are not judged. */
  async lastCheckpoint(): Promise<Checkpoint> {
    await this.#work.stop();
    return this.#context.interruption.within(this.#work.trainer.exportCheckpoint());
  }

  async #obey(command: RunCommand): Promise<void> {
    switch (command.type) {
      case "train":
        return this.#startTraining();
      case "pause":
        return this.#phase === "training" ? this.#comeToRest("paused") : this.#tellPhase();
      case "step":
        return this.#stepOnce(command.part);
      case "tune":
        return this.#tune(command);
      case "choose-examples":
        this.#chosen = validExamples(command.indices, this.plan.examples.labels.length);
        this.#context.onChosen(this.#chosen);
        this.#owed.snapshot = this.#phase !== "failed";
        return;
      case "rewind":
        return this.#rewind(command.learningRate);
      case "judge":
        return this.#phase === "failed" ? this.#judging.stop() : this.#beginJudging(command.request);
      case "stop-judging":
        this.#owed.figures = false;
        return this.#judging.stop();
      case "acknowledge":
        return this.#work.gate.acknowledge(command.id);
      default:
        assertNever(command);
    }
  }

  /** A finished run stays finished: its options said so, and with others it is prepared anew, from its checkpoint. */
  #startTraining(): void {
    if (this.#phase === "idle" || this.#phase === "paused") {
      this.#phase = "training";
      this.#work.start();
      // What was owed at rest is made later; but the held-out curve begins at step 0.
      this.#owed.evaluation &&= this.step === 0;
      this.#owed.checkpoint = false;
    }
    this.#tellPhase();
  }

  /** One update. Evaluated only where that is a moment's work, so that the button can be pressed again. */
  async #stepOnce(part: StepPart = "both"): Promise<void> {
    if (this.#phase === "failed" || this.#phase === "finished") return this.#tellPhase();
    this.#judging.giveUp(); // of a model that will be another
    await this.#work.stop();
    if (this.step === 0 && this.#mayEvaluate()) await this.#evaluate();
    const { dataset, config } = this.plan;
    await this.#context.interruption.within(dataset.waitFor(imagesOfStep(config, this.step)));
    await this.#work.trainOnce(part);
    await this.#comeToRest(this.#work.isAtEnd ? "finished" : "paused");
    if (!this.#work.isAtEnd && this.#work.evaluationMs > CHEAP_EVALUATION_MS) this.#owed.evaluation = false;
  }

  #tune({ learningRate, beta }: { readonly learningRate?: number; readonly beta?: number }): void {
    if (this.#phase === "failed") return;
    this.#work.trainer.tune({
      ...(isWithin(learningRate, RANGES.learningRate) ? { learningRate } : {}),
      ...(isWithin(beta, RANGES.beta) ? { beta } : {}),
    });
    this.#context.voice.rates(this.machine);
    if (this.#phase === "paused") this.#owed.checkpoint = true; // under the new rates
  }

  #rewind(learningRate: number): void {
    if (this.#phase !== "failed") return;
    this.#work.goOnFrom(this.#work.keeper.good);
    if (isWithin(learningRate, RANGES.learningRate)) this.#work.trainer.tune({ learningRate });
    this.#phase = "paused";
    this.announce();
  }

  async #train(): Promise<void> {
    const { isWaiting } = await this.#work.trainSlice();
    if (isWaiting) return this.#work.awaitImages(this.#context.inbox.arrival());
    if (this.#work.isAtEnd) return this.#comeToRest("finished");
    if (this.#work.isSnapshotDue()) this.#owed.snapshot = true;
  }

  /** Ends with fresh losses, snapshot and evaluation, so that what is shown agrees with the step. */
  async #comeToRest(phase: "paused" | "finished"): Promise<void> {
    await this.#work.stop();
    this.#phase = phase;
    this.#tellPhase();
    this.#oweAll();
    this.#owed.figures = phase === "finished";
  }

  #snapshot(): Promise<void> {
    this.#owed.snapshot = false;
    return this.#work.snapshot(this.#chosen);
  }

  /** An evaluation that is owed is made at rest, or before the very first step. */
  #mayEvaluate(): boolean {
    return this.#owed.evaluation && this.#work.isHeldOutHere && (this.#phase !== "training" || this.step === 0);
  }

  #evaluate(): Promise<void> {
    this.#owed.evaluation = false;
    return this.#work.evaluate();
  }

  /** Begins at once, in mid-training too, which goes on afterwards. */
  #beginJudging(request: FiguresRequest): void {
    this.#owed.figures = false;
    this.#judging.begin(this.#work.figuresInputs(request));
  }

  #judge(): Promise<void> {
    if (!this.#work.canJudge) return this.#work.awaitImagesToJudge(this.#context.inbox.arrival());
    return this.#judging.work((piece) => this.#work.alone(piece));
  }

  #keepCheckpoint(): Promise<void> {
    this.#owed.checkpoint = false;
    return this.#work.keepCheckpoint();
  }

  #oweAll(): void {
    this.#owed.snapshot = true;
    this.#owed.evaluation = !this.#work.isEvaluated;
    this.#owed.checkpoint = this.newestCheckpoint.step !== this.step;
  }

  /** A finished run is over: it can be gone on with while the worker lives, and is not offered after a reload. */
  #shelve(checkpoint: Checkpoint): void {
    const { checkpoints } = this.#context;
    const stored = storageKey(this.plan.config, checkpoint);
    if (checkpoint.step < this.plan.lastStep) return checkpoints.save(this.plan.key, checkpoint, stored);
    checkpoints.remember(this.plan.key, checkpoint);
    void checkpoints.forget(stored);
  }

  #tellPhase(): void {
    this.#context.voice.phase(this.#phase, this.step);
  }
}

function isWithin(value: number | undefined, { min, max }: { readonly min: number; readonly max: number }): value is number {
  return value !== undefined && value >= min && value <= max;
}
