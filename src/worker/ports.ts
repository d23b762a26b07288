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
import type { Trainer, TrainerInputs } from "../engine/trainer";
import { nextTask } from "../lib/next-task";
import { FailureError } from "../protocol/failure";
import type { BackendReport } from "../protocol/messages";
import type { RunOptions } from "../protocol/run-config";
import { openCheckpointStorage, type CheckpointStorage } from "./checkpoint-storage";

/** What a run reads of a data set. */
export type Dataset = Pick<
  LoadedDataset,
  | "image"
  | "classNames"
  | "training"
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
  readonly openBackend: (wish: RunOptions["backend"]) => Promise<OpenBackend>;
  readonly createTrainer: (
    inputs: TrainerInputs,
    opened: OpenBackend,
    wish: RunOptions["engine"],
  ) => Promise<{ readonly trainer: Trainer; readonly report: BackendReport }>;
  readonly loadDataset: (...args: Parameters<DatasetLoader["load"]>) => Promise<Dataset>;
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
    storage: openCheckpointStorage(),
    now: () => performance.now(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    nextTask,
  };
}

/** The real engine, in a browser or in Node. */
export const enginePorts: Pick<SessionPorts, "openBackend" | "createTrainer"> = {
  async openBackend(wish) {
    const { openBackend } = await import("../engine/backend").catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      throw new FailureError({ kind: "backend-unavailable", backend: wish === "auto" ? "cpu" : wish, message });
    });
    return openBackend(wish);
  },
  async createTrainer(inputs, opened, wish) {
    const { createTrainer, reportBackend } = await import("../engine/create-trainer");
    const trainer = await createTrainer(inputs, opened, wish);
    return { trainer, report: reportBackend(opened, trainer, wish) };
  },
};
