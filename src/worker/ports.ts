/**
 * All that a session needs of the world around it, so that a test can put fakes in
 * its place; and the real ones.
 *
 * TensorFlow.js and its backends are fetched only when a run is prepared: the worker
 * itself is there in a moment and can say so.
 */
// oxlint-disable-next-line import/no-absolute-path -- how Vite names a public file, so that it can say where it lies once built
import manifestUrl from "/data/mnist/manifest.json?url";
import { createDatasetLoader, type DatasetLoader, type LoadedDataset } from "../datasets/dataset-loader";
import type { OpenBackend } from "../engine/backend";
import type { AnyTrainer, TrainerInputs } from "../engine/trainer";
import { nextTask } from "../lib/next-task";
import { FailureError } from "../protocol/failure";
import type { BackendReport } from "../protocol/messages";
import type { RunOptions } from "../protocol/run-config";
import type { TakeOptions } from "./backend-shelf";
import { createClassifierLoader, type LoadClassifier } from "./classifier-loader";
import { openCheckpointStorage, type CheckpointStorage } from "./checkpoint-storage";
import { openTuningStorage } from "./tuning-storage";

/** What a run reads of a data set. */
export type Dataset = Pick<
  LoadedDataset,
  | "image"
  | "classNames"
  | "training"
  | "trainingLabels"
  | "heldOut"
  | "heldOutLabels"
  | "available"
  | "heldOutAvailable"
  | "waitFor"
  | "waitForHeldOut"
  | "waitForAll"
  | "entropyFloor"
>;

export interface SessionPorts {
  /** @throws FailureError when the wish, or with `auto` every backend, fails. */
  readonly openBackend: (wish: RunOptions["backend"], options: TakeOptions) => Promise<OpenBackend>;
  readonly createTrainer: (
    inputs: TrainerInputs,
    opened: OpenBackend,
    wish: RunOptions["engine"],
    onProgress?: (done: number, total: number) => void,
  ) => Promise<{ readonly trainer: AnyTrainer; readonly report: BackendReport }>;
  readonly loadDataset: (...args: Parameters<DatasetLoader["load"]>) => Promise<Dataset>;
  /** The classifier that ships for a data set; null where there is none, or it does not come. Never rejects. */
  readonly loadClassifier: LoadClassifier;
  readonly storage: CheckpointStorage;
  /** Milliseconds from any origin, never going back. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Resolves in a fresh task, after the messages that wait. */
  readonly nextTask: () => Promise<void>;
}

/** Of a browser's worker. */
export function browserPorts(): SessionPorts {
  // Vite says where a public file lies, whatever folder the site is served from; its neighbours' folder is one up.
  const baseUrl = new URL("../", new URL(manifestUrl, import.meta.url)).href;
  const loader = createDatasetLoader({ baseUrl });
  return {
    ...enginePorts,
    loadDataset: (id, request) => loader.load(id, request),
    loadClassifier: createClassifierLoader({ baseUrl: `${new URL("../", baseUrl).href}classifiers/` }),
    storage: openCheckpointStorage(),
    now: () => performance.now(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    nextTask,
  };
}

const tunings = openTuningStorage();

/** The real engine, in a browser or in Node. */
export const enginePorts: Pick<SessionPorts, "openBackend" | "createTrainer"> = {
  async openBackend(wish, options) {
    const { openBackend } = await import("../engine/backend").catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      throw new FailureError({ kind: "backend-unavailable", backend: wish === "auto" ? "cpu" : wish, message });
    });
    return openBackend(wish, { ...options, tunings });
  },
  async createTrainer(inputs, opened, wish, onProgress) {
    const { buildTrainer } = await import("../engine/create-trainer");
    return buildTrainer(inputs, opened, wish, onProgress);
  },
};
