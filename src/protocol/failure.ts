/**
 * What can go wrong, as data: a kind and its facts, never a sentence. The page
 * turns it into the visitor's language with a next step.
 */
import type { DatasetId } from "./datasets";
import type { LossTerm } from "./loss-terms";
import type { BackendName } from "./run-config";

export type Failure =
  /** The browser has no `navigator.gpu`, or gives no adapter. */
  | { readonly kind: "no-webgpu"; readonly detail: "no-api" | "no-adapter" }
  /** There is an adapter, and it gives no device. */
  | { readonly kind: "adapter-refused"; readonly message: string }
  /** The backend could not be loaded or started. */
  | { readonly kind: "backend-unavailable"; readonly backend: BackendName; readonly message: string }
  /** The backend runs, and its numbers are wrong. */
  | { readonly kind: "self-test-failed"; readonly backend: BackendName; readonly message: string }
  /** The GPU device went away at `step`; `resumable` when there is a checkpoint to go on from. */
  | { readonly kind: "device-lost"; readonly reason: string; readonly message: string; readonly step: number; readonly resumable: boolean }
  | { readonly kind: "out-of-memory"; readonly backend: BackendName; readonly bytes: number; readonly message: string }
  /** A loss term stopped being finite, or grew past any use, at `step`. */
  | {
      readonly kind: "diverged";
      readonly term: LossTerm;
      /** NaN and infinities survive structured cloning. */
      readonly value: number;
      readonly step: number;
      readonly learningRate: number;
      /** Step of the last checkpoint with finite losses. */
      readonly lastGoodStep: number;
    }
  /** A file of the data set could not be fetched; `status` 0 when there was no answer. */
  | { readonly kind: "data-missing"; readonly dataset: DatasetId; readonly file: string; readonly status: number }
  /** A file of the data set is not what its checksum says. */
  | { readonly kind: "data-corrupt"; readonly dataset: DatasetId; readonly file: string }
  | { readonly kind: "invalid-config"; readonly issues: readonly string[] }
  /** Weights that a run was to start with do not fit its network; `name` of the parameter to blame. */
  | { readonly kind: "invalid-weights"; readonly name: string; readonly problem: WeightProblem }
  | { readonly kind: "storage-refused"; readonly message: string }
  | { readonly kind: "worker-crashed"; readonly message: string }
  | { readonly kind: "worker-silent"; readonly seconds: number }
  | { readonly kind: "internal"; readonly message: string; readonly stack: string | null };

/** `unexpected`: a name that the network has not; `wrong-size`: too many or too few numbers; `not-finite`: NaN or an infinity among them. */
export const WEIGHT_PROBLEMS = ["missing", "unexpected", "wrong-size", "not-finite"] as const;
export type WeightProblem = (typeof WEIGHT_PROBLEMS)[number];

export type FailureKind = Failure["kind"];

/** An `Error` that carries its `Failure` across `throw`; the session turns it into an event. */
export class FailureError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(`${failure.kind}: ${JSON.stringify(failure)}`);
    this.name = "FailureError";
    this.failure = failure;
  }
}
