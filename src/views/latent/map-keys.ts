/**
 * What the keys do while the map has the focus. None of them is a key of the whole page
 * (Space, `.`, R, `?`), which go on working there.
 */
import { GROUND_KEY, LAYER_SWITCHES, layerKey, type LayerSwitch } from "../explore/layers/layer-offers";

export type MapDeed =
  | { readonly kind: "move"; readonly by: readonly [across: number, up: number]; readonly isFar: boolean }
  | { readonly kind: "home" }
  | { readonly kind: "neighbour"; readonly by: 1 | -1 }
  | { readonly kind: "zoom"; readonly isIn: boolean }
  | { readonly kind: "fit" }
  | { readonly kind: "pin" }
  /** From probe to box to lasso and back. */
  | { readonly kind: "drag" }
  | { readonly kind: "layer"; readonly layer: LayerSwitch }
  | { readonly kind: "ground" }
  | { readonly kind: "history"; readonly by: 1 | -1 }
  /** Takes back the last thing that is to be taken back. */
  | { readonly kind: "leave" };

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** Page Up and Down too: on some keyboards the brackets want AltGr. */
const HISTORY: Readonly<Record<string, 1 | -1>> = { "[": -1, "]": 1, PageDown: -1, PageUp: 1 };

/** Null for a key that is not the map's. */
export function mapDeed(key: string, isShift: boolean): MapDeed | null {
  const by = ARROWS[key];
  if (by !== undefined) return { kind: "move", by, isFar: isShift };
  const along = HISTORY[key];
  if (along !== undefined) return { kind: "history", by: along };
  const layer = LAYER_SWITCHES.find((each) => layerKey(each) === key);
  if (layer !== undefined) return { kind: "layer", layer };
  switch (key.length === 1 ? key.toLowerCase() : key) {
    case "Home":
      return { kind: "home" };
    case "n":
      return { kind: "neighbour", by: isShift ? -1 : 1 };
    case "+":
    case "=":
      return { kind: "zoom", isIn: true };
    case "-":
      return { kind: "zoom", isIn: false };
    case "0":
      return { kind: "fit" };
    case "p":
      return { kind: "pin" };
    case "b":
      return { kind: "drag" };
    case GROUND_KEY:
      return { kind: "ground" };
    case "Escape":
      return { kind: "leave" };
    default:
      return null;
  }
}
