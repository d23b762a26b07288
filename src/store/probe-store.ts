/**
 * Where the visitor stands in latent space, and which plane of it is shown.
 *
 * Nothing here depends on the model: the probe stays put while the model changes.
 */
import type { StoreApi } from "zustand/vanilla";

export interface ProbeState {
  /** The whole code, `latentDim` long. */
  readonly z: readonly number[];
  /** The two dimensions shown, horizontal and vertical; both 0 when latentDim is 1. */
  readonly axes: readonly [number, number];
  /** Index into the examples of the point under the pointer or the keyboard; null when none. */
  readonly hovered: number | null;
  setZ(dimension: number, value: number): void;
  /** Moves the probe within the shown plane. */
  moveTo(horizontal: number, vertical: number): void;
  setAxes(axes: readonly [number, number]): void;
  hover(index: number | null): void;
  /** Called when another latent size is prepared: keeps what fits, zeros for the rest. */
  resize(latentDim: number): void;
}

export type ProbeStore = StoreApi<ProbeState>;
