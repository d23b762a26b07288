/** The nearest few of many, kept in order while they are found. */

/** Nearest first. */
export interface Nearest {
  readonly indices: number[];
  /** Squared distance of each. */
  readonly squares: number[];
}

/** Puts one in its place among the nearest, of which at most so many are kept; of equals the one that came first stays in front. */
export function insertNearest({ indices, squares }: Nearest, index: number, square: number, most: number): void {
  let at = Math.min(squares.length, most - 1);
  while (at > 0 && squares[at - 1]! > square) {
    squares[at] = squares[at - 1]!;
    indices[at] = indices[at - 1]!;
    at--;
  }
  squares[at] = square;
  indices[at] = index;
}
