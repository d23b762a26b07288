/**
 * The run as the page knows it: what the worker last said, nothing invented.
 *
 * Data flows in through `receive`; wishes go out through the `send` it was given.
 * Imports neither bridge nor React.
 */
import type { Failure } from "../protocol/failure";
import type { Command, Evaluation, Pace, Phase, PrepareStage, ReadyReport, RunId, Snapshot, TrainerEvent } from "../protocol/messages";
import type { RunConfig, RunOptions } from "../protocol/run-config";
import type { Network } from "../model/network";
import type { CappedSeries } from "../lib/capped-series";
import type { StoreApi } from "zustand/vanilla";

/** Column names of the loss series. */
export type LossTerm = "reconstruction" | "kl" | "objective";

/** A change of rate in mid-run; the new rates hold from `step` + 1 on. */
export interface RateMark {
  readonly step: number;
  readonly learningRate: number;
  readonly beta: number;
}

export interface RunState {
  readonly runId: RunId;
  /** The config of the run at hand; learning rate and beta are the ones it started with. */
  readonly config: RunConfig;
  readonly options: RunOptions;
  readonly network: Network;
  readonly phase: Phase;
  /** What is being waited for; null when the run is ready. Data may go on loading after that: `dataProgress`. */
  readonly preparing: { readonly stage: PrepareStage; readonly done: number; readonly total: number } | null;
  /** Bytes of the data set; null when all is there. */
  readonly dataProgress: { readonly done: number; readonly total: number } | null;
  readonly ready: ReadyReport | null;
  /** Updates done, as last told. */
  readonly step: number;
  /** Rates in force now. */
  readonly learningRate: number;
  readonly beta: number;
  /** One row per step (means of neighbouring steps once there are very many). A new object whenever rows were added. */
  readonly losses: CappedSeries<LossTerm>;
  /** Oldest first. */
  readonly evaluations: readonly Evaluation[];
  readonly marks: readonly RateMark[];
  readonly pace: Pace | null;
  readonly snapshot: Snapshot | null;
  readonly failure: Failure | null;
  /** What went amiss without stopping the run; newest last. */
  readonly notices: readonly Failure[];
  /** Set when training went on by itself after a failure. */
  readonly recovered: { readonly failure: Failure; readonly step: number } | null;

  /** A new run of `config` at step 0 (or at its saved checkpoint), phase idle. */
  prepare(config: RunConfig, options: RunOptions, from?: "start" | "checkpoint"): void;
  train(): void;
  pause(): void;
  toggle(): void;
  stepOnce(): void;
  /** Same config, same seed, step 0. */
  reset(): void;
  tune(rates: { readonly learningRate?: number; readonly beta?: number }): void;
  chooseExamples(indices: readonly number[]): void;
  rewind(learningRate: number): void;
  /** After a data failure: prepares the same run again. */
  retry(): void;
  acknowledge(snapshotId: number): void;
  dismissNotice(index: number): void;
  receive(event: TrainerEvent): void;
}

export type RunStore = StoreApi<RunState>;
export type Send = (command: Command) => void;
