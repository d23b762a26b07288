/**
 * How this visitor likes to see things; kept in this browser, no part of the
 * experiment or its address.
 */
import type { StoreApi } from "zustand/vanilla";

export type Theme = "light" | "dark" | "system";
export type Language = "en" | "zh";

export interface LatentLayers {
  readonly grid: boolean;
  readonly points: boolean;
  readonly rings: boolean;
  /** Posterior ellipses of every shown point (one standard deviation). */
  readonly ellipses: boolean;
}

export interface PreferencesState {
  readonly theme: Theme;
  readonly language: Language;
  readonly layers: LatentLayers;
  /** Class numbers the legend has switched off. */
  readonly hiddenClasses: readonly number[];
  /** Held-out images in the latent scatter. */
  readonly cloudSize: 1000 | 2000 | 5000;
  /** Whether training pauses while the tab is hidden. */
  readonly pauseWhenHidden: boolean;
  set(change: Partial<Omit<PreferencesState, "set" | "toggleClass">>): void;
  toggleClass(label: number): void;
}

export type PreferencesStore = StoreApi<PreferencesState>;
