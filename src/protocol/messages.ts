/**
 * All that page and worker can say to each other, as two closed unions. What
 * streams carries its run; what belongs to an older run is dropped.
 *
 * A new member breaks the build wherever it is not handled.
 */
import type { ImageShape } from "./datasets";
import type { Failure } from "./failure";
import type { FiguresOfMerit, FiguresRequest } from "./figures";
import type { LossTerm } from "./loss-terms";
import type { BackendName, EngineName, RunConfig, RunOptions } from "./run-config";

declare const runIdBrand: unique symbol;
/** Counts up from 1 on the page; a new one for every prepared run. */
export type RunId = number & { readonly [runIdBrand]: true };

export type Floats = Float32Array<ArrayBuffer>;
export type Bytes = Uint8Array<ArrayBuffer>;

export type Phase = "idle" | "training" | "paused" | "finished" | "failed";

/** Named parameters in `[in, out]` layout, row by row; names and shapes are those of `model/network`. */
export type WeightTable = Readonly<Record<string, Floats>>;

export type Command =
  /**
   * Loads data and builds the run at step 0, or at the saved checkpoint of this very config when `from` says so. Ends
   * the run before it. Answered by `progress`, then `ready` and a first snapshot, or `failed`.
   */
  | {
      readonly type: "prepare";
      readonly runId: RunId;
      readonly config: RunConfig;
      readonly options: RunOptions;
      /** Weights, checked before, make a new run that starts at step 0 with them. */
      readonly from: "start" | "checkpoint" | { readonly weights: WeightTable };
      /** Held-out images whose posteriors are streamed. */
      readonly cloudSize: number;
    }
  | { readonly type: "train"; readonly runId: RunId }
  | { readonly type: "pause"; readonly runId: RunId }
  /** One optimiser step, then a snapshot; the run ends up paused. `part` of a GAN: one side's update alone, which counts as a step. */
  | { readonly type: "step"; readonly runId: RunId; readonly part?: StepPart }
  /** Changes a rate from the next step on. Answered by `tuned`. */
  | { readonly type: "tune"; readonly runId: RunId; readonly learningRate?: number; readonly beta?: number }
  /** Which held-out images are reconstructed; indices into `examples`. Answered by a snapshot. */
  | { readonly type: "choose-examples"; readonly runId: RunId; readonly indices: readonly number[] }
  /** After a divergence: back to the last good checkpoint with another rate. Answered by `ready` and a snapshot. */
  | { readonly type: "rewind"; readonly runId: RunId; readonly learningRate: number }
  /**
   * Judges the model as it stands on held-out data; training waits. Answered by `judging` now and then, then `judged`. Another
   * request or `stop-judging` ends the one before it.
   */
  | { readonly type: "judge"; readonly runId: RunId; readonly request: FiguresRequest }
  | { readonly type: "stop-judging"; readonly runId: RunId }
  /** The page has painted snapshot `id`; without it none follows. */
  | { readonly type: "acknowledge"; readonly runId: RunId; readonly id: number };

/** Which sides of a GAN a step updates. */
export type StepPart = "both" | "discriminator" | "generator";

/** One column for each of the run's terms (`lossTermsOf`), one row per step; means over the batch. */
export type LossColumns = { readonly step: Uint32Array<ArrayBuffer> } & { readonly [Term in LossTerm]?: Floats };

/**
 * Means over the held-out images, one draw of z each with evaluation noise: the run's terms, the objective under the β and the
 * capacity of the moment. A GAN is judged on as many generated images as there are real ones.
 */
export type Evaluation = {
  readonly step: number;
  readonly images: number;
  /** −(reconstruction + kl): higher is better, whatever β. Of a VAE; an autoencoder's is minus its reconstruction loss. */
  readonly elbo?: number;
} & { readonly [Term in LossTerm]?: number };

/** The model as it stood after `step` updates. */
export interface Snapshot {
  /** Counts up within a run. */
  readonly id: number;
  readonly step: number;
  readonly weights: WeightTable;
  /** Of the cloud's held-out images, in the order of `examples`; `[images, latentDim]`. Empty in a GAN, which encodes nothing. */
  readonly posteriorMean: Floats;
  /** `[images, latentDim]`; null for an autoencoder. */
  readonly posteriorLogVar: Floats | null;
  /** Indices into `examples`. */
  readonly exampleIndices: readonly number[];
  /**
   * Decoded posterior means of the chosen examples, as corrupted where the config asks for it, `[chosen, pixels]`, in [0, 1] for a
   * sigmoid output. Of a GAN the images that the first so many of its fixed draws generate.
   */
  readonly reconstructions: Floats;
  /** Reconstruction loss of each of them, nats, summed over pixels. Of a GAN the discriminator's score of each, before the logistic function. */
  readonly exampleLosses: Floats;
  /** Of a GAN; null in every other family. */
  readonly adversarial: AdversarialSnapshot | null;
}

/** What is drawn of a GAN, all from draws that never change in a run, so that what changes is the model. */
export interface AdversarialSnapshot {
  /** z ~ N(0, I), `[draws, latentDim]`. */
  readonly draws: Floats;
  /** Class that a small classifier gives each generated image, `[draws]`; null on data that it knows nothing of. */
  readonly drawClasses: Bytes | null;
  /** Share of held-out images that this classifier gets right, 0 to 1; null where there is none. */
  readonly classifierAccuracy: number | null;
  /** The discriminator's score of each generated image, before the logistic function, `[draws]`. */
  readonly fakeScores: Floats;
  /** Of as many of the cloud's held-out images. */
  readonly realScores: Floats;
}

export interface Pace {
  /** Over the last second or so of training time. */
  readonly stepsPerSecond: number;
  readonly msPerStep: number;
  /** Part of the training time that went into snapshots and evaluations, 0 to 1. */
  readonly snapshotShare: number;
}

/** Why the compiled engine does not carry out a run that could have asked for it. */
export const ENGINE_REFUSALS = ["not-webgpu", "not-compilable", "self-test-failed", "build-failed"] as const;
export type EngineRefusal = (typeof ENGINE_REFUSALS)[number];

/** What of a config the compiled engine has no kernels for. */
export const COMPILED_REFUSALS = ["gan"] as const;
export type CompiledRefusal = (typeof COMPILED_REFUSALS)[number];

/** An engine passed over, and why. `detail` may hold a driver's words: show it as text only; empty where there is nothing to add. */
export interface EngineNote {
  readonly engine: "compiled";
  readonly reason: EngineRefusal;
  readonly detail: string;
  /** Of `not-compilable` where no device would do: what of the config it is. */
  readonly feature?: CompiledRefusal;
}

export interface BackendReport {
  readonly backend: BackendName;
  readonly engine: EngineName;
  /** Why the compiled engine was not taken; null when it was, or when TensorFlow.js was asked for by name. */
  readonly engineNote?: EngineNote | null;
  /** Of the compiled engine: dispatches in one optimiser step. */
  readonly enginePlan?: { readonly dispatches: number } | null;
  /** The adapter's own description, empty where there is none. */
  readonly adapter: string;
  /** Rungs tried before this one, and why they were left. */
  readonly skipped: readonly { readonly backend: BackendName; readonly failure: Failure }[];
}

/** The held-out images behind the latent cloud. */
export interface Examples {
  /** `[images, pixels]`, bytes 0 … 255. */
  readonly pixels: Bytes;
  readonly labels: Bytes;
}

/** What a model is shown on: held-out images and the names of their classes. */
export interface Material {
  readonly image: ImageShape;
  readonly classNames: { readonly en: readonly string[]; readonly zh: readonly string[] };
  readonly examples: Examples;
}

export interface ReadyReport extends Material {
  readonly backend: BackendReport;
  readonly stepsPerEpoch: number;
  /** Images held out, of which `examples` shows the first. */
  readonly heldOut: number;
  /** Least value a BCE can take: the pixels' own entropy, nats per image; null where it is 0 or has no meaning. */
  readonly floor: { readonly train: number; readonly heldOut: number } | null;
  /** Where this run stands: 0, or the checkpoint it goes on from. */
  readonly step: number;
  /** A saved, unfinished run of this very config that could be gone on with; null when there is none. */
  readonly checkpoint: { readonly step: number } | null;
}

export type PrepareStage = "backend" | "data" | "build";

export type TrainerEvent =
  /** The worker's code runs. */
  | { readonly type: "hello" }
  /**
   * Bytes for `data`; kernels compiled for `build`, of a total above 1 where the engine compiles its own; else 0 of 1, then 1 of
   * 1. Data goes on loading after `ready`.
   */
  | { readonly type: "progress"; readonly runId: RunId; readonly stage: PrepareStage; readonly done: number; readonly total: number }
  | { readonly type: "ready"; readonly runId: RunId; readonly report: ReadyReport }
  | { readonly type: "phase"; readonly runId: RunId; readonly phase: Exclude<Phase, "failed">; readonly step: number }
  | { readonly type: "losses"; readonly runId: RunId; readonly columns: LossColumns; readonly pace: Pace | null }
  | { readonly type: "evaluated"; readonly runId: RunId; readonly evaluation: Evaluation }
  | { readonly type: "judging"; readonly runId: RunId; readonly done: number; readonly total: number }
  /** `figures` null when it was stopped. */
  | { readonly type: "judged"; readonly runId: RunId; readonly figures: FiguresOfMerit | null }
  | { readonly type: "snapshot"; readonly runId: RunId; readonly snapshot: Snapshot }
  /** From `step` + 1 on these rates hold. */
  | { readonly type: "tuned"; readonly runId: RunId; readonly step: number; readonly learningRate: number; readonly beta: number }
  /** Training went on by itself after `failure`; losses after `step` will be told again. */
  | { readonly type: "recovered"; readonly runId: RunId; readonly failure: Failure; readonly step: number; readonly backend: BackendReport }
  /** Something is amiss that does not stop the run. */
  | { readonly type: "notice"; readonly runId: RunId; readonly failure: Failure }
  /** `runId` is null when no run is to blame. */
  | { readonly type: "failed"; readonly runId: RunId | null; readonly failure: Failure };

/** The buffers that move, rather than being copied, with an event. */
export function transferablesOf(event: TrainerEvent): Transferable[] {
  switch (event.type) {
    case "ready":
      return [event.report.examples.pixels.buffer, event.report.examples.labels.buffer];
    case "losses":
      return Object.values(event.columns).map(({ buffer }) => buffer);
    case "snapshot": {
      const { weights, posteriorMean, posteriorLogVar, reconstructions, exampleLosses, adversarial } = event.snapshot;
      return [
        ...Object.values(weights).map((values) => values.buffer),
        posteriorMean.buffer,
        ...(posteriorLogVar === null ? [] : [posteriorLogVar.buffer]),
        reconstructions.buffer,
        exampleLosses.buffer,
        ...(adversarial === null ? [] : [adversarial.draws, adversarial.fakeScores, adversarial.realScores].map(({ buffer }) => buffer)),
        ...(adversarial?.drawClasses ? [adversarial.drawClasses.buffer] : []),
      ];
    }
    default:
      return [];
  }
}
