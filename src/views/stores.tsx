/** Hands the stores and the survey to the views, and narrow hooks to read them. */
import { createContext, use } from "react";
import { useStore } from "zustand";
import type { DraftState, DraftStore } from "../store/draft-store";
import type { Survey } from "../protocol/survey";
import type { ExplorerState, ExplorerStore } from "../store/explorer-store";
import type { PreferencesState, PreferencesStore } from "../store/preferences-store";
import type { ProbeState, ProbeStore } from "../store/probe-store";
import type { RunState, RunStore } from "../store/run-store";

export interface Stores {
  readonly run: RunStore;
  readonly draft: DraftStore;
  readonly probe: ProbeStore;
  readonly preferences: PreferencesStore;
  readonly explorer: ExplorerStore;
  /** Answers what takes longer than a frame. */
  readonly survey: Survey;
}

const StoresContext = createContext<Stores | null>(null);

export const StoresProvider = StoresContext.Provider;

/** The stores themselves, for actions and transient subscriptions. */
export function useStores(): Stores {
  const stores = use(StoresContext);
  if (stores === null) throw new Error("useStores: no StoresProvider above this view");
  return stores;
}

export const useRun = <T,>(select: (state: RunState) => T): T => useStore(useStores().run, select);
export const useDraft = <T,>(select: (state: DraftState) => T): T => useStore(useStores().draft, select);
export const useProbe = <T,>(select: (state: ProbeState) => T): T => useStore(useStores().probe, select);
export const usePreferences = <T,>(select: (state: PreferencesState) => T): T => useStore(useStores().preferences, select);
export const useExplorer = <T,>(select: (state: ExplorerState) => T): T => useStore(useStores().explorer, select);
