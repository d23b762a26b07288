/** How the geodesic compares with the straight line, from what was measured. Pure functions. */
import { fixedText } from "../../../lib/number-text";
import type { PathKind } from "../../../store/explorer-store";
import type { PathFilm } from "./path-film";

export interface Verdict {
  readonly id: "shorter" | "same" | "longer";
  readonly values: { readonly percent: string; readonly energy: string };
}

/** Below half a per cent two paths are as good as equally long: less is not seen in a film. */
const SAME_SHARE = 0.005;

/**
 * By how much the geodesic's way through pixel space is shorter than the straight line's; null unless both are there. A search
 * that has not ended, or was made for an older model, may be longer.
 */
export function compareLengths(films: readonly (Pick<PathFilm, "length" | "energy"> & { readonly kind: PathKind })[]): Verdict | null {
  const straight = films.find(({ kind }) => kind === "straight");
  const geodesic = films.find(({ kind }) => kind === "geodesic");
  if (straight === undefined || geodesic === undefined || straight.length === 0 || geodesic.energy === 0) return null;
  const saved = 1 - geodesic.length / straight.length;
  const values = { percent: fixedText(100 * Math.abs(saved), 1), energy: fixedText(straight.energy / geodesic.energy, 2) };
  if (Math.abs(saved) < SAME_SHARE) return { id: "same", values };
  return { id: saved > 0 ? "shorter" : "longer", values };
}
