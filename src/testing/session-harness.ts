/**
 * A training session with fakes around it, spoken to over a real `MessageChannel`, so
 * that everything said is cloned and transferred as it is between page and worker.
 */
import type { OpenBackend } from "../engine/backend";
import type { Checkpoint, TrainerInputs } from "../engine/trainer";
import type { Failure } from "../protocol/failure";
import type { Command, RunId, TrainerEvent } from "../protocol/messages";
import { DEFAULT_CONFIG, DEFAULT_OPTIONS, type BackendName, type RunConfig, type RunOptions } from "../protocol/run-config";
import { Arrivals } from "../datasets/arrivals";
import type { TakeOptions } from "../worker/backend-shelf";
import type { CheckpointStorage } from "../worker/checkpoint-storage";
import type { Dataset, SessionPorts } from "../worker/ports";
import { Session } from "../worker/session";
import { FakeClock, fakeTrainer, type FakeAdversarialTrainer, type FakeCosts, type FakeTrainer } from "./fake-trainer";

/** 2×2 images, 8 units: as small as a network can be and still have every kind of layer. */
export const SMALL_CONFIG: RunConfig = {
  ...DEFAULT_CONFIG,
  encoder: [{ units: 3, activation: "relu" }],
  decoder: [{ units: 3, activation: "relu" }],
  trainSize: 1_000,
  batchSize: 100,
};

/** Node takes up to a thousand messages off one port before it looks at another; a turn of its loop looks at all of them, as browsers do. */
export const nextTask = () => new Promise<void>((resolve) => setImmediate(resolve));

export const runId = (id: number) => id as RunId;

export interface PrepareWishes {
  readonly options: Partial<RunOptions>;
  readonly from: Extract<Command, { readonly type: "prepare" }>["from"];
  readonly cloudSize: number;
}

export function prepareCommand(id: number, config: RunConfig = SMALL_CONFIG, wishes: Partial<PrepareWishes> = {}): Command {
  const { options, from = "start", cloudSize = 8 } = wishes;
  return { type: "prepare", runId: runId(id), config, from, cloudSize, options: { ...DEFAULT_OPTIONS, ...options } };
}

export class FakeBackend implements OpenBackend {
  readonly backend: BackendName;
  readonly adapter = "Fake";
  readonly skipped: OpenBackend["skipped"] = [];
  readonly device = { limits: { maxBufferSize: 2 ** 28, maxStorageBufferBindingSize: 2 ** 27 } } as GPUDevice;
  isClosed = false;
  #callbacks: ((loss: { reason: string; message: string }) => void)[] = [];

  constructor(backend: BackendName) {
    this.backend = backend;
  }

  tensorflow = (): Promise<void> => Promise.resolve();

  onLost = (callback: (loss: { reason: string; message: string }) => void): void => {
    this.#callbacks.push(callback);
  };

  close = (): void => {
    this.isClosed = true;
  };

  lose(reason = "unknown"): void {
    for (const callback of this.#callbacks) callback({ reason, message: "it went away" });
  }
}

export class FakeDataset implements Dataset {
  readonly image = { height: 2, width: 2, channels: 1 };
  readonly classNames = { en: ["a", "b"], zh: ["甲", "乙"] };
  readonly training: Dataset["training"];
  readonly trainingLabels: Dataset["trainingLabels"];
  readonly heldOut: Dataset["heldOut"];
  readonly heldOutLabels: Dataset["heldOutLabels"];
  available: number;
  heldOutAvailable: number;
  readonly #arrivals = new Arrivals();

  constructor(trainSize: number, heldOut = 20) {
    this.training = new Uint8Array(trainSize * 4);
    this.trainingLabels = Uint8Array.from({ length: trainSize }, (_, i) => i % 2);
    this.heldOut = Uint8Array.from({ length: heldOut * 4 }, (_, i) => i);
    this.heldOutLabels = Uint8Array.from({ length: heldOut }, (_, i) => i % 2);
    this.available = trainSize;
    this.heldOutAvailable = heldOut;
  }

  arrive(available: number, heldOutAvailable = this.heldOutAvailable): void {
    Object.assign(this, { available, heldOutAvailable });
    this.#arrivals.notify();
  }

  fail(error: unknown): void {
    this.#arrivals.fail(error);
  }

  waitFor = (count: number) => this.#arrivals.until(() => this.available >= count);
  waitForHeldOut = (count: number) => this.#arrivals.until(() => this.heldOutAvailable >= Math.min(count, this.heldOutLabels.length));
  waitForAll = () =>
    this.#arrivals.until(() => this.available * 4 >= this.training.length && this.heldOutAvailable >= this.heldOutLabels.length);
  entropyFloor = () => Promise.resolve({ train: 1.5, heldOut: 1.25 });
}

export class MemoryStorage implements CheckpointStorage {
  readonly saved = new Map<string, unknown>();
  refusal: Error | null = null;

  load = (key: string) => this.#answer(() => this.saved.get(key) ?? null);
  save = (key: string, checkpoint: Checkpoint): Promise<void> => this.#answer(() => void this.saved.set(key, structuredClone(checkpoint)));
  remove = (key: string): Promise<void> => this.#answer(() => void this.saved.delete(key));

  #answer<T>(work: () => T): Promise<T> {
    return this.refusal === null ? Promise.resolve(work()) : Promise.reject(this.refusal);
  }
}

export interface HarnessOptions {
  readonly costs?: Partial<FakeCosts>;
  /** Whether every snapshot is acknowledged as it comes. */
  readonly acknowledges?: boolean;
  readonly whenDone?: () => Promise<void>;
  readonly dataset?: () => FakeDataset;
  readonly loadDataset?: SessionPorts["loadDataset"];
  readonly openBackend?: (wish: RunOptions["backend"], options: TakeOptions) => Promise<FakeBackend>;
  readonly storage?: MemoryStorage;
  /** In place of the fakes. */
  readonly ports?: Partial<SessionPorts>;
  /** Called before each trainer is made; what it throws keeps it from being made. */
  readonly beforeTrainer?: () => void;
  /** Called whenever the session sleeps. */
  readonly onSleep?: () => void;
}

type EventOf<Type extends TrainerEvent["type"]> = Extract<TrainerEvent, { readonly type: Type }>;

export class SessionHarness {
  readonly clock = new FakeClock();
  readonly events: TrainerEvent[] = [];
  /** What was said by which run, at the moment it was said. */
  readonly said: { readonly type: TrainerEvent["type"]; readonly by: RunId | null }[] = [];
  readonly storage: MemoryStorage;
  readonly trainers: (FakeTrainer | FakeAdversarialTrainer)[] = [];
  readonly backends: FakeBackend[] = [];
  readonly datasets: FakeDataset[] = [];
  readonly session: Session;
  /** Whether acknowledgements are sent from now on. */
  acknowledges: boolean;
  readonly #channel = new MessageChannel();
  #waiting: { readonly isMet: () => boolean; readonly resolve: () => void }[] = [];

  constructor(options: HarnessOptions = {}) {
    this.acknowledges = options.acknowledges ?? true;
    this.storage = options.storage ?? new MemoryStorage();
    const { port1: page, port2: worker } = this.#channel;
    this.session = new Session(this.#ports(options), (event, transfer) => {
      this.said.push({ type: event.type, by: "runId" in event ? event.runId : null });
      worker.postMessage(event, transfer);
    });
    worker.onmessage = ({ data }: MessageEvent<Command>) => this.session.receive(data);
    page.onmessage = ({ data }: MessageEvent<TrainerEvent>) => this.#hear(data);
    this.session.open();
  }

  /** The trainer made last. */
  get trainer(): FakeTrainer | FakeAdversarialTrainer {
    return this.trainers.at(-1)!;
  }

  send(command: Command): void {
    this.#channel.port1.postMessage(command);
  }

  prepare(id: number, config: RunConfig = SMALL_CONFIG, more: Partial<PrepareWishes> = {}): void {
    this.send(prepareCommand(id, config, more));
  }

  /** Prepared, with its first snapshot and evaluation. */
  async ready(id = 1, config: RunConfig = SMALL_CONFIG, more: Partial<PrepareWishes> = {}): Promise<void> {
    this.prepare(id, config, more);
    await this.until(() => this.of("evaluated").some((event) => event.runId === runId(id)));
    await this.rest();
  }

  command(type: "train" | "pause" | "step", id = 1): void {
    this.send({ type, runId: runId(id) });
  }

  of<Type extends TrainerEvent["type"]>(type: Type): EventOf<Type>[] {
    return this.events.filter((event): event is EventOf<Type> => event.type === type);
  }

  /** Loss rows told so far, in order. */
  rows(): number[] {
    return this.of("losses").flatMap(({ columns }) => [...columns.step]);
  }

  lastFailure(): Failure | undefined {
    return this.of("failed").at(-1)?.failure;
  }

  /** Resolves at the first event after which `isMet`. */
  until(isMet: () => boolean): Promise<void> {
    if (isMet()) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ isMet, resolve }));
  }

  async untilStep(step: number): Promise<void> {
    await this.until(() => this.rows().some((row) => row >= step));
  }

  async untilPhase(phase: string): Promise<void> {
    await this.until(() => this.of("phase").at(-1)?.phase === phase);
  }

  /** Lets everything under way come to its end, as long as that takes a few tasks and no training goes on. */
  async rest(): Promise<void> {
    for (let turn = 0; turn < 40; turn++) await nextTask();
  }

  async close(): Promise<void> {
    await this.session.close();
    this.#channel.port1.close();
  }

  #hear(event: TrainerEvent): void {
    this.events.push(event);
    if (event.type === "snapshot" && this.acknowledges) {
      this.send({ type: "acknowledge", runId: event.runId, id: event.snapshot.id });
    }
    this.#waiting = this.#waiting.filter(({ isMet, resolve }) => {
      if (!isMet()) return true;
      resolve();
      return false;
    });
  }

  #ports(options: HarnessOptions): SessionPorts {
    const costs: FakeCosts = { step: 1, snapshot: 5, evaluation: 10, checkpoint: 2, judgement: 3, ...options.costs };
    const { clock } = this;
    return {
      now: clock.now,
      nextTask,
      storage: this.storage,
      loadClassifier: () => Promise.resolve(null),
      sleep: async (ms) => {
        clock.advance(ms);
        options.onSleep?.();
        await nextTask();
      },
      openBackend: async (wish, how) => {
        const opened = (await options.openBackend?.(wish, how)) ?? new FakeBackend(wish === "auto" ? "webgpu" : wish);
        this.backends.push(opened);
        return opened;
      },
      loadDataset: async (id, request) => {
        if (options.loadDataset !== undefined) return options.loadDataset(id, request);
        const dataset = options.dataset?.() ?? new FakeDataset(request.trainSize);
        this.datasets.push(dataset);
        request.onProgress?.(0, 100);
        request.onProgress?.(100, 100);
        return dataset;
      },
      createTrainer: async (inputs: TrainerInputs, opened) => {
        options.beforeTrainer?.();
        const available = () => this.datasets.at(-1)?.available ?? Infinity;
        const { backend, adapter, skipped } = opened;
        const { whenDone } = options;
        const trainer = fakeTrainer(inputs, { clock, costs, backend, available, ...(whenDone === undefined ? {} : { whenDone }) });
        this.trainers.push(trainer);
        return { trainer, report: { backend, engine: trainer.engine, adapter, skipped } };
      },
      ...options.ports,
    };
  }
}
