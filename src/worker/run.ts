/**
 * A run from its `prepare` to the next one: gets it ready, lets it live, and decides
 * what becomes of it when something goes wrong.
 *
 * A divergence leaves it waiting for a `rewind`; a lost device is replaced and training
 * goes on; anything else ends it with a named failure.
 */
import type { BackendLoss } from "../engine/backend";
import { estimateMemory } from "../model/memory";
import { FailureError, type Failure } from "../protocol/failure";
import type { RunId, TrainerEvent } from "../protocol/messages";
import type { BackendShelf } from "./backend-shelf";
import { isFiniteCheckpoint, storageKey } from "./checkpoint-format";
import type { CheckpointShelf } from "./checkpoint-shelf";
import { failureOf } from "./failure-of";
import { Inbox } from "./inbox";
import { Interruption } from "./interruption";
import { LiveRun, type RunCommand } from "./live-run";
import type { SessionPorts } from "./ports";
import { createMachine, prepareRun, type Machine, type PrepareCommand } from "./prepare-run";
import { RunVoice } from "./run-voice";

export interface RunContext {
  readonly ports: SessionPorts;
  readonly backends: BackendShelf;
  readonly checkpoints: CheckpointShelf;
  readonly post: (event: TrainerEvent) => void;
  /** Key of the run before this one. */
  readonly formerKey: string | null;
  readonly chosen: readonly number[];
  readonly onChosen: (indices: readonly number[]) => void;
}

/** A device that goes away this often will go on doing so. */
const MAX_LOSSES = 3;
const LOSS_SPAN_MS = 60_000;

/** A read that was under way when the device went may reject before the device says that it is gone. */
const LOSS_NEWS_MS = 1_000;
/** What still fails so soon after a loss is an echo of it. */
const LOSS_ECHO_MS = 5_000;

class DeviceLost extends Error {
  readonly loss: BackendLoss;

  constructor(loss: BackendLoss) {
    super(`device lost: ${loss.reason} ${loss.message}`);
    this.loss = loss;
  }
}

export class Run {
  readonly id: RunId;
  /** When the run has let go of everything; never rejects. */
  readonly done: Promise<void>;
  readonly #command: PrepareCommand;
  readonly #context: RunContext;
  readonly #inbox = new Inbox<RunCommand>();
  readonly #interruption = new Interruption();
  readonly #end = new AbortController();
  readonly #voice: RunVoice;
  #isLive = false;
  #lossTimes: number[] = [];
  #unwatch = () => {};

  /** @param former is waited for: there is one backend, and the data set loader serves one run. */
  constructor(command: PrepareCommand, context: RunContext, former: Promise<void>) {
    this.id = command.runId;
    this.#command = command;
    this.#context = context;
    this.#voice = new RunVoice(command.runId, (event) => this.#post(event));
    this.done = former.then(() => this.#run()).catch((error: unknown) => this.#voice.failed(failureOf(error)));
  }

  receive(command: RunCommand): void {
    this.#inbox.put(command);
  }

  /** Nothing is heard of the run from now on; it lets go as soon as the work at hand is done. */
  end(): void {
    this.#end.abort();
    this.#interruption.raise(new Error("the run was ended"));
  }

  /** Something went wrong outside of what the run waits for. */
  interrupt(error: unknown): void {
    if (this.#isLive) {
      const sinceLoss = this.#context.ports.now() - (this.#lossTimes.at(-1) ?? -Infinity);
      if (sinceLoss > LOSS_ECHO_MS) this.#interruption.raise(error);
    } else this.notice(failureOf(error)); // if it matters, preparing fails by itself
  }

  notice(failure: Failure): void {
    this.#post({ type: "notice", runId: this.id, failure });
  }

  #post(event: TrainerEvent): void {
    if (!this.#end.signal.aborted) this.#context.post(event);
  }

  async #run(): Promise<void> {
    const live = await this.#prepare();
    if (live === null) return;
    this.#isLive = true;
    this.#watch(live.machine);
    this.#followData(live);
    live.announce();
    for (let isAlive = true; isAlive;) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- each turn is a life
        await live.serve();
      } catch (error) {
        // oxlint-disable-next-line no-await-in-loop
        isAlive = !this.#end.signal.aborted && (await this.#survive(live, error));
      }
    }
    this.#isLive = false;
    await this.#leave(live);
  }

  async #prepare(): Promise<LiveRun | null> {
    const { ports, backends, checkpoints, formerKey, chosen, onChosen } = this.#context;
    const { signal } = this.#end;
    await ports.nextTask(); // of several runs asked for at once only the last is wanted
    if (signal.aborted) return null;
    try {
      const prepared = await prepareRun(this.#command, {
        ports,
        backends,
        checkpoints,
        formerKey,
        signal,
        onProgress: (stage, done, total) => this.#post({ type: "progress", runId: this.id, stage, done, total }),
      });
      const context = { ports, voice: this.#voice, inbox: this.#inbox, interruption: this.#interruption, checkpoints, chosen, onChosen };
      return new LiveRun(prepared, context);
    } catch (error) {
      this.#voice.failed(failureOf(error));
      return null;
    }
  }

  #watch({ backend }: Machine): void {
    this.#unwatch();
    this.#unwatch = backend.watch((loss) => this.#interruption.raise(new DeviceLost(loss)));
  }

  /** Data goes on loading after `ready`: what comes may be waited for, and what fails ends the run. */
  #followData({ plan: { dataset, heldOut } }: LiveRun): void {
    const onFailure = (error: unknown) => {
      if (!this.#end.signal.aborted) this.#interruption.raise(error);
    };
    dataset.waitForHeldOut(heldOut).then(() => this.#inbox.wake(), onFailure);
    dataset.waitForAll().then(() => this.#inbox.wake(), onFailure);
  }

  /** @returns whether the run goes on living, be it only to wait for a `rewind` */
  async #survive(live: LiveRun, error: unknown): Promise<boolean> {
    this.#interruption.clear();
    if (error instanceof FailureError) {
      const isDivergence = error.failure.kind === "diverged";
      if (!isDivergence) await this.#remember(live);
      live.fail(error.failure);
      return isDivergence;
    }
    const loss = await this.#lossBehind(live, error);
    if (this.#end.signal.aborted) return false;
    if (loss !== null) return this.#recover(live, loss);
    await this.#remember(live);
    live.fail(failureOf(error, this.#sceneOf(live)));
    return false;
  }

  async #lossBehind({ machine: { backend } }: LiveRun, error: unknown): Promise<BackendLoss | null> {
    if (error instanceof DeviceLost) return error.loss;
    if (backend.opened.device === undefined) return null;
    const { now, sleep } = this.#context.ports;
    const until = now() + LOSS_NEWS_MS;
    // oxlint-disable-next-line no-await-in-loop -- waits
    while (backend.loss === null && now() < until) await sleep(LOSS_NEWS_MS / 20);
    return backend.loss;
  }

  /** Another device, or one rung down where any will do; then on from the newest checkpoint. */
  async #recover(live: LiveRun, loss: BackendLoss): Promise<boolean> {
    const { ports, backends, checkpoints } = this.#context;
    const { plan, newestCheckpoint } = live;
    const { reason, message } = loss;
    this.#unwatch();
    if (newestCheckpoint.step > 0) checkpoints.save(plan.key, newestCheckpoint, storageKey(plan.config, newestCheckpoint));
    if (reason === "out-of-memory") {
      live.fail({ kind: "out-of-memory", ...this.#sceneOf(live), message });
      return false;
    }
    const failure: Failure = { kind: "device-lost", reason, message, step: live.step, resumable: newestCheckpoint.step > 0 };
    disposeQuietly(live.machine);
    while (!this.#end.signal.aborted && this.#countLoss() <= MAX_LOSSES) {
      // oxlint-disable no-await-in-loop -- one device after the other
      try {
        const backend = await backends.take(plan.options.backend, plan.options);
        const machine = await createMachine(plan, backend, ports);
        if (this.#end.signal.aborted) {
          disposeQuietly(machine);
          return false;
        }
        live.moveTo(machine, failure);
        this.#watch(machine);
        return true;
      } catch {
        await ports.sleep(LOSS_NEWS_MS); // a driver that restarts needs a moment
      }
      // oxlint-enable no-await-in-loop
    }
    live.fail(failure);
    return false;
  }

  /** @returns losses in the last while, this one counted */
  #countLoss(): number {
    const now = this.#context.ports.now();
    this.#lossTimes = [...this.#lossTimes.filter((at) => now - at < LOSS_SPAN_MS), now];
    return this.#lossTimes.length;
  }

  /** Keeps the run as it stands, so that another `prepare` can go on from there. */
  async #remember(live: LiveRun): Promise<void> {
    const { checkpoints } = this.#context;
    if (live.step === 0 || live.phase === "failed") return;
    try {
      const last = await live.lastCheckpoint();
      if (isFiniteCheckpoint(last)) return checkpoints.remember(live.plan.key, last);
    } catch {
      // What is wrong with the run may keep it from being read: the last checkpoint has to do.
    }
    if (live.newestCheckpoint.step > 0) checkpoints.remember(live.plan.key, live.newestCheckpoint);
  }

  async #leave(live: LiveRun): Promise<void> {
    this.#interruption.clear();
    await this.#remember(live);
    this.#unwatch();
    disposeQuietly(live.machine);
  }

  #sceneOf({ machine, plan }: LiveRun) {
    return { backend: machine.report.backend, bytes: estimateMemory(plan.config, plan.network) };
  }
}

/** A trainer on a lost device may refuse to be disposed of, and there is nothing left to free. */
function disposeQuietly({ trainer }: Machine): void {
  try {
    trainer.dispose();
  } catch {
    // see above
  }
}
