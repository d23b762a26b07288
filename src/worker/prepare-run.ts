/**
 * From a config to a trainer that stands ready: backend and data, side by side, then
 * the network and its first weights.
 *
 * Trains nothing and posts nothing but progress.
 */
import type { AnyTrainer, Checkpoint } from "../engine/trainer";
import { initialWeights } from "../model/initial-weights";
import { describeNetwork, type Network } from "../model/network";
import { configIssues } from "../protocol/config-issues";
import { DATASETS } from "../protocol/datasets";
import { FailureError } from "../protocol/failure";
import type { BackendReport, Command, Examples, PrepareStage, ReadyReport, WeightTable } from "../protocol/messages";
import { stepsPerEpoch, type RunConfig, type RunOptions } from "../protocol/run-config";
import { setStage, type Stage } from "./adversarial-snapshot";
import type { BackendShelf, ShelvedBackend } from "./backend-shelf";
import { checkpointKey } from "./checkpoint-format";
import type { CheckpointShelf } from "./checkpoint-shelf";
import { givenWeights } from "./given-weights";
import { requireMemory } from "./memory-check";
import type { Dataset, SessionPorts } from "./ports";

export type PrepareCommand = Extract<Command, { readonly type: "prepare" }>;

export interface PrepareContext {
  readonly ports: SessionPorts;
  readonly backends: BackendShelf;
  readonly checkpoints: CheckpointShelf;
  /** Key of the run before; a reset of it is offered no way back to what was just left. */
  readonly formerKey: string | null;
  readonly onProgress: (stage: PrepareStage, done: number, total: number) => void;
  readonly signal: AbortSignal;
}

/** A trainer and the backend it lives on; both are replaced when a device is lost. */
export interface Machine {
  readonly backend: ShelvedBackend;
  readonly trainer: AnyTrainer;
  readonly report: BackendReport;
}

/** All of a run that stays, whatever happens to its trainer. */
export interface Plan {
  readonly key: string;
  readonly config: RunConfig;
  readonly options: RunOptions;
  readonly network: Network;
  /** Of step 0; null where they are drawn from the seed. */
  readonly given: WeightTable | null;
  readonly dataset: Dataset;
  readonly heldOut: number;
  readonly examples: Examples;
  /** Of a GAN; null in every other family. */
  readonly stage: Stage | null;
  readonly classNames: ReadyReport["classNames"];
  readonly floor: ReadyReport["floor"];
  readonly stepsPerEpoch: number;
  /** Updates after which the run is finished; infinite when it runs on. */
  readonly lastStep: number;
  readonly offered: ReadyReport["checkpoint"];
}

export interface Prepared {
  readonly plan: Plan;
  readonly machine: Machine;
  /** The trainer's state as it stands. */
  readonly start: Checkpoint;
}

/** Chunks of a download come by the hundred; the eye wants a few a second. */
const PROGRESS_INTERVAL_MS = 80;

/** The news of a lost device comes at once, if there is any. */
const LOSS_NEWS_MS = 100;

/** @throws FailureError, or the signal's reason */
export async function prepareRun(command: PrepareCommand, context: PrepareContext): Promise<Prepared> {
  const { config, options } = command;
  const issues = configIssues(config);
  if (issues.length > 0) {
    throw new FailureError({ kind: "invalid-config", issues: issues.map(({ path, code }) => `${path}: ${code}`) });
  }
  const [backend, dataset] = await backendAndData(command, context);
  await dataset.waitForHeldOut(cloudOf(command));
  const floor = config.reconstruction === "bce" && config.model !== "gan" ? positive(await dataset.entropyFloor()) : null;
  context.signal.throwIfAborted();

  context.onProgress("build", 0, 1);
  const network = describeNetwork(config, dataset.image);
  const key = checkpointKey(config);
  const saved = await context.checkpoints.find(key, network, config.optimiser);
  const perEpoch = stepsPerEpoch(config);
  const lastStep = options.epochs === null ? Infinity : options.epochs * perEpoch;
  const isOffered = command.from === "start" && context.formerKey !== key && saved !== null && saved.step > 0 && saved.step < lastStep;
  const examples = firstImages(dataset, network.pixels, cloudOf(command));
  const plan: Plan = {
    key,
    config,
    options,
    network,
    given: typeof command.from === "object" ? givenWeights(command.from.weights, network) : null,
    dataset,
    heldOut: dataset.heldOutLabels.length,
    examples,
    stage: await stageOf(config, network, examples, context.ports),
    classNames: dataset.classNames,
    floor,
    stepsPerEpoch: perEpoch,
    lastStep,
    offered: isOffered ? { step: saved.step } : null,
  };
  const from = command.from === "checkpoint" ? saved : null;
  const built = await buildMachine(plan, backend, from, context).catch(async (error: unknown) => {
    throw (await lossBehind(error, backend, context.ports)) ?? error;
  });
  context.onProgress("build", 1, 1);
  return { plan, ...built };
}

/** Both at once, as neither needs the other; waits for both even when one fails, so that nothing goes on behind a later run. */
async function backendAndData(
  { config, options, ...command }: PrepareCommand,
  { ports, backends, onProgress, signal }: PrepareContext,
): Promise<readonly [ShelvedBackend, Dataset]> {
  const open = async () => {
    onProgress("backend", 0, 1);
    const backend = await backends.take(options.backend, {
      engine: options.engine,
      onProgress: throttled(ports.now, (done, total) => onProgress("backend", done, total)),
    });
    onProgress("backend", 1, 1);
    return backend;
  };
  const load = () =>
    ports.loadDataset(config.data, {
      trainSize: config.trainSize,
      heldOutFirst: cloudOf({ config, ...command }),
      onProgress: throttled(ports.now, (done, total) => onProgress("data", done, total)),
      signal,
    });
  const [backend, dataset] = await Promise.allSettled([open(), load()]);
  signal.throwIfAborted();
  if (backend.status === "rejected") throw backend.reason;
  if (dataset.status === "rejected") throw dataset.reason;
  return [backend.value, dataset.value];
}

/** A trainer on `backend`, at `from` where that is given and fits, else at step 0. */
async function buildMachine(
  plan: Plan,
  backend: ShelvedBackend,
  from: Checkpoint | null,
  { ports, checkpoints, onProgress }: Pick<PrepareContext, "ports" | "checkpoints" | "onProgress">,
): Promise<Pick<Prepared, "machine" | "start">> {
  const onPart = throttled(ports.now, (done, total) => onProgress("build", done, total));
  const machine = await createMachine(plan, backend, ports, onPart);
  if (from !== null) {
    try {
      machine.trainer.importCheckpoint(from);
      return { machine, start: from };
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      await checkpoints.discard(plan.key);
    }
  }
  return { machine, start: await machine.trainer.exportCheckpoint() };
}

/** A device that goes while kernels are compiled fails them first and says so a moment later. Null when it is there. */
async function lossBehind(error: unknown, backend: ShelvedBackend, { sleep }: Pick<SessionPorts, "sleep">): Promise<FailureError | null> {
  if (backend.opened.device === undefined || error instanceof FailureError) return null;
  if (backend.loss === null) await sleep(LOSS_NEWS_MS);
  if (backend.loss === null) return null;
  return new FailureError({ kind: "device-lost", ...backend.loss, step: 0, resumable: false });
}

/** A trainer at step 0. @throws FailureError `out-of-memory` */
export async function createMachine(
  { config, options, network, given, dataset }: Plan,
  backend: ShelvedBackend,
  ports: SessionPorts,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<Machine> {
  requireMemory(backend.opened, config, network);
  const weights = given ?? initialWeights(network, config.initialiser, config.seed);
  const inputs = { config, network, weights, training: { pixels: dataset.training, labels: dataset.trainingLabels } };
  return { backend, ...(await ports.createTrainer(inputs, backend.opened, options.engine, onProgress)) };
}

/** What cannot be had of a classifier costs its classes, never the run. */
async function stageOf(
  { model, data, seed }: RunConfig,
  { latentDim }: Network,
  examples: Examples,
  { loadClassifier }: Pick<SessionPorts, "loadClassifier">,
): Promise<Stage | null> {
  if (model !== "gan") return null;
  return setStage(seed, latentDim, examples, await loadClassifier(data));
}

function cloudOf({ config, cloudSize }: Pick<PrepareCommand, "config" | "cloudSize">): number {
  return Math.max(1, Math.min(cloudSize, DATASETS[config.data].heldOut));
}

/** Copies: the data set keeps its own, and these may be transferred. */
function firstImages({ heldOut, heldOutLabels }: Dataset, pixels: number, count: number): Examples {
  return { pixels: heldOut.slice(0, count * pixels), labels: heldOutLabels.slice(0, count) };
}

/** Black and white pixels have no entropy, and a floor of 0 says nothing. */
function positive(floor: NonNullable<ReadyReport["floor"]>): ReadyReport["floor"] {
  return floor.train > 0 || floor.heldOut > 0 ? floor : null;
}

function throttled(now: () => number, report: (done: number, total: number) => void): (done: number, total: number) => void {
  let reportedAt = -Infinity;
  return (done, total) => {
    if (done < total && now() - reportedAt < PROGRESS_INTERVAL_MS) return;
    reportedAt = now();
    report(done, total);
  };
}
