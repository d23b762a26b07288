/**
 * How this visitor likes to see things; kept in this browser, no part of the
 * experiment or its address. A browser that stores nothing, or something else, is met
 * with the defaults.
 */
import { createStore, type StoreApi } from "zustand/vanilla";

export type Theme = "light" | "dark" | "system";
export type Language = "en" | "zh";

export interface LatentLayers {
  readonly grid: boolean;
  readonly points: boolean;
  readonly rings: boolean;
  /** Posterior ellipses (one standard deviation) of every shown point, or of the selected ones where there is a selection. */
  readonly ellipses: boolean;
  /** Density contours of the aggregate posterior. */
  readonly density: boolean;
  /** Points coloured by how badly their images are reconstructed. */
  readonly error: boolean;
  /** What the ground is tinted by. */
  readonly ground: Ground;
}

/** Nothing, the class of the nearest point, or how far the decoder moves per unit step. */
export const GROUNDS = ["none", "regions", "magnification"] as const;
export type Ground = (typeof GROUNDS)[number];

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
  readonly set: (change: Partial<Omit<PreferencesState, "set" | "toggleClass">>) => void;
  readonly toggleClass: (label: number) => void;
}

export type PreferencesStore = StoreApi<PreferencesState>;

/** The part of `localStorage` that is used; every call may throw. */
export type PreferenceStorage = Pick<Storage, "getItem" | "setItem">;

export const PREFERENCES_KEY = "vae-playground.preferences";

type Kept = Pick<PreferencesState, "theme" | "language" | "layers" | "cloudSize" | "pauseWhenHidden">;

/**
 * @param storage null where the browser refuses it.
 * @param languages the visitor's, best first.
 */
export function createPreferencesStore(
  storage: PreferenceStorage | null,
  languages: readonly string[] = globalThis.navigator?.languages ?? [],
): PreferencesStore {
  const store = createStore<PreferencesState>()((set, get) => ({
    ...readKept(storage, defaults(languages)),
    hiddenClasses: [],

    set(change) {
      set(change);
    },
    toggleClass(label) {
      const { hiddenClasses } = get();
      const others = hiddenClasses.filter((hidden) => hidden !== label);
      set({ hiddenClasses: others.length < hiddenClasses.length ? others : [...hiddenClasses, label] });
    },
  }));
  store.subscribe((state) => writeKept(storage, state));
  return store;
}

function defaults(languages: readonly string[]): Kept {
  const known = languages.map((tag) => tag.toLowerCase().split("-")[0]).find((language) => language === "zh" || language === "en");
  return {
    theme: "system",
    language: known === "zh" ? "zh" : "en",
    layers: { grid: true, points: true, rings: true, ellipses: false, density: false, error: false, ground: "none" },
    cloudSize: 2000,
    pauseWhenHidden: false,
  };
}

/** What is stored, field by field, where it is what it should be. */
function readKept(storage: PreferenceStorage | null, fallback: Kept): Kept {
  const stored = parseObject(readText(storage));
  const layers = asRecord(stored.layers);
  return {
    theme: pick<Theme>(stored.theme, ["light", "dark", "system"], fallback.theme),
    language: pick<Language>(stored.language, ["en", "zh"], fallback.language),
    layers: {
      grid: flag(layers.grid, fallback.layers.grid),
      points: flag(layers.points, fallback.layers.points),
      rings: flag(layers.rings, fallback.layers.rings),
      ellipses: flag(layers.ellipses, fallback.layers.ellipses),
      density: flag(layers.density, fallback.layers.density),
      error: flag(layers.error, fallback.layers.error),
      ground: pick<Ground>(layers.ground, GROUNDS, fallback.layers.ground),
    },
    cloudSize: pick<Kept["cloudSize"]>(stored.cloudSize, [1000, 2000, 5000], fallback.cloudSize),
    pauseWhenHidden: flag(stored.pauseWhenHidden, fallback.pauseWhenHidden),
  };
}

function pick<T>(value: unknown, choices: readonly T[], otherwise: T): T {
  return choices.find((choice) => choice === value) ?? otherwise;
}

function flag(value: unknown, otherwise: boolean): boolean {
  return typeof value === "boolean" ? value : otherwise;
}

function readText(storage: PreferenceStorage | null): string | null {
  try {
    return storage?.getItem(PREFERENCES_KEY) ?? null;
  } catch {
    return null; // refused, as in a cross-origin frame: the defaults serve
  }
}

function parseObject(text: string | null): Record<string, unknown> {
  try {
    return asRecord(JSON.parse(text ?? "{}"));
  } catch {
    return {};
  }
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function writeKept(storage: PreferenceStorage | null, { theme, language, layers, cloudSize, pauseWhenHidden }: Kept): void {
  const kept: Kept = { theme, language, layers, cloudSize, pauseWhenHidden };
  try {
    storage?.setItem(PREFERENCES_KEY, JSON.stringify(kept));
  } catch {
    // Full or refused: the choice holds until the page is left.
  }
}
