/**
 * Where the visitor stands in latent space, which plane of it is shown, and which class
 * a conditional model is told there.
 *
 * Nothing here depends on the model: the probe stays put while the model changes.
 */
import { createStore, type StoreApi } from "zustand/vanilla";

export interface ProbeState {
  /** The whole code, `latentDim` long. */
  readonly z: readonly number[];
  /** The two dimensions shown, horizontal and vertical; both 0 when latentDim is 1. */
  readonly axes: readonly [number, number];
  /** Index into the examples of the point under the pointer or the keyboard; null when none. */
  readonly hovered: number | null;
  /** Class number that a conditional decoder is told; without meaning in every other model. */
  readonly label: number;
  readonly setZ: (dimension: number, value: number) => void;
  /** Puts the probe at a whole code of `latentDim` numbers; another width is ignored. */
  readonly setCode: (z: readonly number[]) => void;
  /** Moves the probe within the plane of its two axes. */
  readonly moveTo: (horizontal: number, vertical: number) => void;
  /** Two different dimensions; when the new ones are equal, the one that was not chosen gives way to the other's former one. */
  readonly setAxes: (axes: readonly [number, number]) => void;
  readonly hover: (index: number | null) => void;
  readonly setLabel: (label: number) => void;
  /** Called when another latent size is prepared: keeps what fits, zeros for the rest. */
  readonly resize: (latentDim: number) => void;
}

export type ProbeStore = StoreApi<ProbeState>;

/** Starts at the prior's mean. */
export function createProbeStore(latentDim: number): ProbeStore {
  return createStore<ProbeState>()((set, get) => ({
    z: zeros(latentDim),
    axes: firstAxes(latentDim),
    hovered: null,
    label: 0,

    setZ(dimension, value) {
      set(({ z }) => ({ z: z.map((old, i) => (i === dimension ? value : old)) }));
    },
    setCode(code) {
      if (code.length === get().z.length) set({ z: [...code] });
    },
    moveTo(horizontal, vertical) {
      const { z, axes } = get();
      const moved = [...z];
      moved[axes[1]] = vertical;
      moved[axes[0]] = horizontal; // last, so that it is the one that counts when there is only one dimension
      set({ z: moved });
    },
    setAxes([horizontal, vertical]) {
      const { z, axes } = get();
      const inside = (dimension: number) => Number.isInteger(dimension) && dimension >= 0 && dimension < z.length;
      if (z.length < 2 || !inside(horizontal) || !inside(vertical)) return;
      if (horizontal !== vertical) set({ axes: [horizontal, vertical] });
      else if (horizontal !== axes[0]) set({ axes: [horizontal, axes[0]] });
      else if (vertical !== axes[1]) set({ axes: [axes[1], vertical] });
    },
    hover(index) {
      if (index !== get().hovered) set({ hovered: index });
    },
    setLabel(label) {
      set({ label });
    },
    resize(size) {
      const { z, axes } = get();
      if (z.length === size) return;
      const fits = z.length > 1 && axes[0] < size && axes[1] < size;
      set({ z: zeros(size).map((zero, i) => z[i] ?? zero), axes: fits ? axes : firstAxes(size), hovered: null });
    },
  }));
}

function zeros(latentDim: number): number[] {
  return Array.from({ length: latentDim }, () => 0);
}

function firstAxes(latentDim: number): [number, number] {
  return [0, Math.min(1, latentDim - 1)];
}
