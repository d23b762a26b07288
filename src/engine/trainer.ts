/**
 * What every trainer can do, whatever it runs on. Same config and same seed give
 * the same curve on every trainer, up to rounding.
 *
 * Takes arrays and a config; knows no data set, no message, no DOM.
 */
import type { Network } from "../model/network";
import type { Bytes, Evaluation, Floats, LossColumns, StepPart, WeightTable } from "../protocol/messages";
import type { BackendName, EngineName, RunConfig } from "../protocol/run-config";

/** Training images; the array is whole from the start and filled front to back while the data set loads. */
export interface TrainingImages {
  /** `[trainSize, pixels]`, bytes 0 … 255, pixel value byte / 255. */
  readonly pixels: Bytes;
  /** `[trainSize]`, filled alike; read by conditional models only, which count as label 0 what is not there. */
  readonly labels?: Bytes;
}

/** Images handed to a trainer outside training. */
export interface Images {
  /** `[count, pixels]`, bytes 0 … 255 */
  readonly pixels: Bytes;
  readonly count: number;
  /** `[count]`; read by conditional models only, which take 0 where there are none. */
  readonly labels?: Bytes;
  /** The place of each in the held-out set, which decides its draws of evaluation noise; 0 … count − 1 unless told. */
  readonly places?: ArrayLike<number>;
}

export interface TrainerInputs {
  readonly config: RunConfig;
  readonly network: Network;
  readonly weights: WeightTable;
  readonly training: TrainingImages;
}

/** All that is needed to go on from a step as though nothing had happened. */
export interface Checkpoint {
  /** Updates done. */
  readonly step: number;
  readonly learningRate: number;
  readonly beta: number;
  readonly weights: WeightTable;
  /** The optimiser's state: `<parameter>.<slot>`, shaped as the parameter. */
  readonly slots: WeightTable;
  /** Of a GAN: updates of either side, which steps of one side alone set apart; absent, they follow from the step. */
  readonly updates?: { readonly discriminator: number; readonly generator: number };
}

export interface Posterior {
  /** `[count, latentDim]` */
  readonly mean: Floats;
  /** Clamped log σ², `[count, latentDim]`; null in an autoencoder. */
  readonly logVar: Floats | null;
}

export interface Reconstructions {
  /** Decoded posterior means after the output activation, `[count, pixels]`. */
  readonly pixels: Floats;
  /** Reconstruction loss of each, nats, summed over pixels. */
  readonly losses: Floats;
}

/** Of a trainer that queues work without limit and never waits: the measure of a portion, and when there is room for the next. */
export interface SubmitQueue {
  /** Kernels that one optimiser step starts. */
  readonly dispatchesPerStep: number;
  /** Steps that keep a GPU busy for long enough to pay for the submit and not long enough to be felt, as measured so far. */
  readonly stepsPerSubmit: number;
  /** Resolves when at most one submit is unfinished; never rejects, a lost device leaves room too. */
  room(): Promise<void>;
}

/** What trainers of every family can do. */
interface TrainerCore {
  readonly engine: EngineName;
  readonly backend: BackendName;
  readonly network: Network;
  /** Updates queued so far. */
  readonly step: number;
  readonly learningRate: number;
  /** Where β's schedule ends (`model/schedule`). */
  readonly beta: number;
  /** Absent where the work of a call is bounded by the call. */
  readonly submits?: SubmitQueue;
  /** Queues `steps` optimiser steps; reads nothing back. The images they need (`imagesNeeded`) must be there. */
  train(steps: number): void;
  /** The run's terms of every step since the last call; waits until those steps are done. */
  readLosses(): Promise<LossColumns>;
  /** From the next step on. */
  tune(rates: { readonly learningRate?: number; readonly beta?: number }): void;
  /**
   * @param z `[count, latentDim]`
   * @param labels `[count]`; of a conditional model, 0 where there are none
   * @returns `[count, pixels]` after the output activation
   */
  decode(z: Floats, count: number, labels?: Bytes): Promise<Floats>;
  /** The run's terms over held-out images, in bounded pieces. */
  evaluate(images: Images): Promise<Evaluation>;
  exportWeights(): Promise<WeightTable>;
  exportCheckpoint(): Promise<Checkpoint>;
  /** @throws RangeError when a name is missing or a size differs. */
  importCheckpoint(checkpoint: Checkpoint): void;
  /** Frees every tensor and buffer; the trainer is of no use afterwards. */
  dispose(): void;
}

/** Of autoencoders, variational or not. */
export interface Trainer extends TrainerCore {
  readonly kind: "autoencoder";
  /** Posteriors of images as they are, corrupted by nothing; under the `bernoulli` likelihood as drawn black and white for evaluation. */
  encode(images: Images): Promise<Posterior>;
  /** Encodes images (corrupted as for evaluation where the config asks for it), decodes the posterior mean and judges it. */
  reconstruct(images: Images): Promise<Reconstructions>;
  /** Reconstruction loss of each image given its code, nats, `[count]`. @param z `[count, latentDim]` */
  judge(images: Images, z: Floats): Promise<Floats>;
}

/** Of a GAN: the decoder's layers are its generator, the encoder's its discriminator. */
export interface AdversarialTrainer extends TrainerCore {
  readonly kind: "adversarial";
  /** One step that updates one side alone, or both as `train(1)` does; its row holds every term. */
  trainPart(part: StepPart): void;
  /** The discriminator's score of each image, before the logistic function, `[count]`. @param pixels `[count, pixels]`, in [0, 1] */
  score(pixels: Floats, count: number): Promise<Floats>;
}

export type AnyTrainer = Trainer | AdversarialTrainer;
