/**
 * The experiment being edited: the one truth behind the controls and the address.
 *
 * A draft may be invalid for a while (a width of 0 while typing); it then carries
 * its issues and no run is prepared from it.
 */
import type { RunConfig, RunOptions } from "../protocol/run-config";
import type { Repair } from "../protocol/address";
import type { ConfigIssue } from "../protocol/config-issues";
import type { StoreApi } from "zustand/vanilla";

export interface DraftState {
  readonly config: RunConfig;
  readonly options: RunOptions;
  /** Empty when the draft can run. */
  readonly issues: readonly ConfigIssue[];
  /** What was mended in the address that was opened. */
  readonly repairs: readonly Repair[];
  /** Changes fields; fields that follow from others (BCE ↔ sigmoid, training size of a data set) follow. */
  edit(change: Partial<RunConfig>): void;
  editOptions(change: Partial<RunOptions>): void;
  /** Takes a whole config, a preset or an address. */
  load(config: RunConfig, options?: RunOptions, repairs?: readonly Repair[]): void;
  newSeed(): void;
  dismissRepairs(): void;
}

export type DraftStore = StoreApi<DraftState>;
