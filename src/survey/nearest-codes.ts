/** The exact nearest codes of every code, Euclidean, in any number of dimensions: all pairs, slice by slice. */
import type { Floats } from "../protocol/messages";
import type { Turn } from "./turns";

export interface NearestCodes {
  /** `[codes][count]`, nearest first, each code itself before all others. */
  readonly indices: number[][];
  readonly distances: number[][];
}

/** @param onProgress told how many codes are done */
export async function nearestCodes(
  codes: Floats,
  latentDim: number,
  count: number,
  turn: Turn,
  onProgress: (done: number) => void,
): Promise<NearestCodes> {
  const all = codes.length / latentDim;
  const others = count - 1;
  const found: NearestCodes = { indices: [], distances: [] };
  const nearest = new Int32Array(others);
  const squares = new Float64Array(others);
  for (let i = 0; i < all; i++) {
    if (turn.isOver()) {
      onProgress(i);
      await turn.pass();
    }
    squares.fill(Infinity);
    for (let j = 0; j < all; j++) {
      let square = 0;
      for (let d = 0; d < latentDim; d++) square += (codes[i * latentDim + d]! - codes[j * latentDim + d]!) ** 2;
      if (!(square < squares[others - 1]!) || j === i) continue;
      let at = others - 1;
      for (; at > 0 && squares[at - 1]! > square; at--) {
        squares[at] = squares[at - 1]!;
        nearest[at] = nearest[at - 1]!;
      }
      squares[at] = square;
      nearest[at] = j;
    }
    found.indices.push([i, ...nearest]);
    found.distances.push([0, ...squares.map(Math.sqrt)]);
  }
  return found;
}
