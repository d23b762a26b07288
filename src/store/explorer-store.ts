/**
 * What the visitor has laid out on the map: pinned places, a path between them, a
 * selection, a picture of their own, other maps than two axes. Nothing of it belongs to
 * the experiment or its address.
 *
 * Places are whole codes: they stay where they are while the model changes under them.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { liftFromEmbedding, placeInEmbedding } from "../model/embedding-place";
import type { Bytes, Floats } from "../protocol/messages";
import type { PrincipalBasis } from "../protocol/survey";

/** A tool of the explorer. */
export const TOOLS = ["probe", "paths", "arithmetic", "dimensions", "hand", "selection", "history"] as const;
export type Tool = (typeof TOOLS)[number];

/** Which flat picture of the latent space is the map. `axes` themselves are the probe's. */
export type MapChoice =
  | { readonly kind: "axes" }
  /** Two principal components of the codes, from 0. */
  | { readonly kind: "principal"; readonly components: readonly [number, number] }
  /** Of three dimensions, radians (`model/plane`). */
  | { readonly kind: "turned"; readonly yaw: number; readonly pitch: number }
  | { readonly kind: "umap" };

/** A place that is kept. */
export interface Pin {
  /** Counts up from 1, and is its name on the map. */
  readonly id: number;
  readonly z: readonly number[];
  readonly origin: "probe" | "example" | "hand" | "mean" | "result";
  /** What it is of, as `3` or `sandal`: a class, where one is known. */
  readonly label: number | null;
}

export type PathKind = "straight" | "spherical" | "geodesic";
export const PATH_KINDS: readonly PathKind[] = ["straight", "spherical", "geodesic"];

/** A path through latent space. */
export interface Trail {
  readonly kind: PathKind;
  /** `[points, latentDim]` */
  readonly codes: Floats;
}

/** The visitor's own picture and what the encoder makes of it. */
export interface HandPicture {
  /** `[pixels]`, in [0, 1]. */
  readonly pixels: Floats;
  readonly mean: Floats;
  readonly logVar: Floats | null;
}

/** A UMAP of the codes: places of exactly these codes. */
export interface Embedding {
  /** `[codes, latentDim]` */
  readonly codes: Floats;
  /** `[codes, 2]` */
  readonly positions: Floats;
  /** The way in and out (`model/embedding-place`), brought by whoever makes an embedding: a page without one does not load it. */
  readonly place: typeof placeInEmbedding;
  readonly lift: typeof liftFromEmbedding;
}

/** Codes of training images, as a survey tells them; those of the model that `model` names. */
export interface ManyCodes {
  readonly model: string;
  /** `[images, latentDim]`, of `done` images so far. */
  readonly mean: Floats;
  readonly logVar: Floats | null;
  readonly labels: Bytes;
  readonly done: number;
  readonly total: number;
}

export interface ExplorerState {
  readonly tool: Tool;
  readonly map: MapChoice;
  readonly basis: PrincipalBasis | null;
  readonly embedding: Embedding | null;
  readonly pins: readonly Pin[];
  readonly trails: readonly Trail[];
  /** Where on the trails the film stands, 0 to 1; null when none is shown. */
  readonly trailAt: number | null;
  readonly hand: HandPicture | null;
  /** Indices into the shown points, in rising order; null without a selection. */
  readonly selection: readonly number[] | null;
  /** What a drag on the map does. */
  readonly drag: "probe" | "box" | "lasso";
  /** How many images are wanted as points; null: the examples alone. */
  readonly manyWanted: number | null;
  readonly many: ManyCodes | null;
  /** Whether the images last wanted could not be had. */
  readonly isManyRefused: boolean;
  /** How long the film of the run's past shows a moment, milliseconds. */
  readonly filmMs: number;
  readonly set: (change: Partial<Omit<ExplorerState, "set" | "pin" | "unpin" | "clear">>) => void;
  /** Keeps a place; returns its number. */
  readonly pin: (pin: Omit<Pin, "id">) => number;
  readonly unpin: (id: number) => void;
  /** Another latent space: everything laid out in the old one goes, the tool stays. */
  readonly clear: () => void;
}

export type ExplorerStore = StoreApi<ExplorerState>;

const NOTHING = {
  map: { kind: "axes" },
  basis: null,
  embedding: null,
  pins: [],
  trails: [],
  trailAt: null,
  hand: null,
  selection: null,
  drag: "probe",
  manyWanted: null,
  many: null,
  isManyRefused: false,
} as const satisfies Partial<ExplorerState>;

/** At the normal speed points come to rest before the next moment; at the fast one they go on gliding. */
export const FILM_MS = { slow: 700, normal: 350, fast: 175 } as const;

/** More would hide the map. */
export const MOST_PINS = 24;

export function createExplorerStore(): ExplorerStore {
  return createStore<ExplorerState>()((set, get) => ({
    ...NOTHING,
    tool: "probe",
    filmMs: FILM_MS.normal,

    set(change) {
      set(change);
    },
    pin(pin) {
      const id = Math.max(0, ...get().pins.map((other) => other.id)) + 1;
      set({ pins: [...get().pins, { ...pin, id }].slice(-MOST_PINS) });
      return id;
    },
    unpin(id) {
      set({ pins: get().pins.filter((pin) => pin.id !== id) });
    },
    clear() {
      set(NOTHING);
    },
  }));
}
