/** The examples whose codes lie nearest to a place, in the whole latent space. */
import { insertNearest, type Nearest } from "../../../model/nearest";
import type { Bytes, Floats } from "../../../protocol/messages";
import type { NearestExample } from "../../../store/model-view";

/**
 * Nearest first, among the classes that are shown.
 *
 * @param codes `[examples, latentDim]`
 * @param labels null where nobody knows the classes: all are shown
 */
export function nearestExamples(
  codes: Floats,
  labels: Bytes | null,
  hiddenClasses: readonly number[],
  z: readonly number[],
  count: number,
): NearestExample[] {
  const latentDim = z.length;
  const hidden = new Set(hiddenClasses);
  const found: Nearest = { indices: [], squares: [] };
  for (let i = 0; i < Math.floor(codes.length / latentDim); i++) {
    if (labels !== null && hidden.has(labels[i]!)) continue;
    let square = 0;
    for (let d = 0; d < latentDim; d++) square += (codes[i * latentDim + d]! - z[d]!) ** 2;
    if (square < (found.squares[count - 1] ?? Infinity)) insertNearest(found, i, square, count);
  }
  return found.indices.map((index, i) => ({ index, distance: Math.sqrt(found.squares[i]!) }));
}
