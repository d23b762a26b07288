/** Principal components have no sign of their own; kept from one model to the next, the map is not turned over. */
import type { PrincipalBasis } from "../../../protocol/survey";

/** The basis with each direction turned to the side that the same one of the former basis points to; as it is without a former one of its width. */
export function alignSigns(basis: PrincipalBasis, former: PrincipalBasis | null): PrincipalBasis {
  const { directions, mean } = basis;
  if (former?.directions.length !== directions.length) return basis;
  const width = mean.length;
  const aligned = directions.slice();
  for (let row = 0; row < aligned.length; row += width) {
    let product = 0;
    for (let d = 0; d < width; d++) product += aligned[row + d]! * former.directions[row + d]!;
    if (product < 0) for (let d = 0; d < width; d++) aligned[row + d] = -aligned[row + d]!;
  }
  return { ...basis, directions: aligned };
}

/** Share of all variance that lies along each component, 0 to 1; zeros where there is none at all. */
export function varianceShares({ variances }: PrincipalBasis): number[] {
  const sum = variances.reduce((total, variance) => total + variance, 0);
  return Array.from(variances, (variance) => (sum > 0 ? variance / sum : 0));
}
