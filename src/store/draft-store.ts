/**
 * The experiment being edited: the one truth behind the controls and the address.
 *
 * A draft may be invalid for a while (a width of 0 while typing); it then carries
 * its issues and no run is prepared from it.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { clamp } from "../lib/clamp";
import type { Repair } from "../protocol/address";
import { configIssues, type ConfigIssue } from "../protocol/config-issues";
import { RANGES, type RunConfig, type RunOptions } from "../protocol/run-config";
import { followingFields } from "./following-fields";

export interface DraftState {
  readonly config: RunConfig;
  readonly options: RunOptions;
  /** Empty when the draft can run. */
  readonly issues: readonly ConfigIssue[];
  /** What was mended in the address that was opened. */
  readonly repairs: readonly Repair[];
  /** Changes fields; fields that follow from others (BCE ↔ sigmoid, network and rates of a GAN, training size of a data set) follow. */
  readonly edit: (change: Partial<RunConfig>) => void;
  readonly editOptions: (change: Partial<RunOptions>) => void;
  /** Takes a whole config, a preset or an address. */
  readonly load: (config: RunConfig, options?: RunOptions, repairs?: readonly Repair[]) => void;
  /** The seed after this one, so that a class that presses it together stays together. */
  readonly newSeed: () => void;
  readonly dismissRepairs: () => void;
}

export type DraftStore = StoreApi<DraftState>;

export interface DraftInitial {
  readonly config: RunConfig;
  readonly options: RunOptions;
  readonly repairs?: readonly Repair[];
}

export function createDraftStore(initial: DraftInitial): DraftStore {
  return createStore<DraftState>()((set, get) => ({
    config: initial.config,
    options: initial.options,
    issues: configIssues(initial.config),
    repairs: initial.repairs ?? [],

    edit(change) {
      const config = { ...get().config, ...change, ...followingFields(get().config, change) };
      set({ config, issues: configIssues(config) });
    },
    editOptions(change) {
      const { epochs, ...rest } = { ...get().options, ...change };
      set({ options: { ...rest, epochs: wholeEpochs(epochs) } });
    },
    load(config, options = get().options, repairs = []) {
      set({ config, options, repairs, issues: configIssues(config) });
    },
    newSeed() {
      const { seed } = get().config;
      get().edit({ seed: seed < RANGES.seed.max ? seed + 1 : RANGES.seed.min });
    },
    dismissRepairs() {
      set({ repairs: [] });
    },
  }));
}

/** An empty field, which is not a number, runs on. */
function wholeEpochs(epochs: number | null): number | null {
  if (epochs === null || Number.isNaN(epochs)) return null;
  return clamp(Math.round(epochs), RANGES.epochs.min, RANGES.epochs.max);
}
