/**
 * What every trainer can do, whatever it runs on. Same config and same seed give
 * the same curve on every trainer, up to rounding.
 *
 * Takes arrays and a config; knows no data set, no message, no DOM.
 */
import type { Network } from "../model/network";
import type { Bytes, Evaluation, Floats, LossColumns, WeightTable } from "../protocol/messages";
import type { BackendName, EngineName, RunConfig } from "../protocol/run-config";

/** Training images; the array is whole from the start and filled front to back while the data set loads. */
export interface TrainingImages {
  /** `[trainSize, pixels]`, bytes 0 … 255, pixel value byte / 255. */
  readonly pixels: Bytes;
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

export interface Trainer {
  readonly engine: EngineName;
  readonly backend: BackendName;
  readonly network: Network;
  /** Updates queued so far. */
  readonly step: number;
  readonly learningRate: number;
  readonly beta: number;
  /** Absent where the work of a call is bounded by the call. */
  readonly submits?: SubmitQueue;
  /** Queues `steps` optimiser steps; reads nothing back. The images they need (`imagesNeeded`) must be there. */
  train(steps: number): void;
  /** Loss terms of every step since the last call; waits until those steps are done. */
  readLosses(): Promise<LossColumns>;
  /** From the next step on. */
  tune(rates: { readonly learningRate?: number; readonly beta?: number }): void;
  /** @param images `[count, pixels]` bytes */
  encode(images: Bytes, count: number): Promise<Posterior>;
  /** @param z `[count, latentDim]`. @returns `[count, pixels]` after the output activation. */
  decode(z: Floats, count: number): Promise<Floats>;
  /** Encodes, decodes the posterior mean and judges it. @param images `[count, pixels]` bytes */
  reconstruct(images: Bytes, count: number): Promise<Reconstructions>;
  /** Means over `count` images, one draw of z each with the seed's evaluation noise, in bounded pieces. */
  evaluate(images: Bytes, count: number): Promise<Evaluation>;
  exportWeights(): Promise<WeightTable>;
  exportCheckpoint(): Promise<Checkpoint>;
  /** @throws RangeError when a name is missing or a size differs. */
  importCheckpoint(checkpoint: Checkpoint): void;
  /** Frees every tensor and buffer; the trainer is of no use afterwards. */
  dispose(): void;
}
