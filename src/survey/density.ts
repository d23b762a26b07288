/**
 * Density of the aggregate posterior on the map: the mean of the points' Gaussians, per unit of area.
 *
 * Where the points have no spread of their own (an autoencoder's codes) it is a kernel estimate with Scott's rule for each axis,
 * h = σ̂ · n^(−1/6) in two dimensions. Source: Scott 1992, Multivariate Density Estimation, equation 6.42.
 *
 * A Gaussian narrower than a cell would fall between the places or pile up on one of them, so each is widened by half a
 * cell (its covariance by the square of that along each axis): what is told is the density as sharp as the lattice can show it. Sums over
 * the lattice are then within 1.5 % of the truth (2 e^(−2π²/4), the aliasing of a Gaussian sampled at twice its σ). Cut off at 4 σ, where
 * e^(−8), one part in 3,000, of it is left.
 */
import type { FieldLattice, MapPoints } from "../protocol/survey";
import { countPoints, latticeSteps, middleOfColumn, middleOfRow, type LatticeSteps } from "./lattices";
import type { Handler } from "./question";

const CUT_SIGMAS = 4;

export const density: Handler<"density"> = async ({ points, lattice }, { turn }) => {
  const steps = latticeSteps(lattice);
  const count = countPoints(points);
  const common = points.spreads === null ? scottCovariance(points.positions, count) : null;
  const sums = new Float64Array(lattice.columns * lattice.rows);
  for (let i = 0; i < count; i++) {
    if (turn.isOver()) await turn.pass();
    const covariance = common ?? ellipseCovariance(points, i);
    addGaussian(sums, lattice, steps, [points.positions[i * 2]!, points.positions[i * 2 + 1]!], covariance);
  }
  return { lattice, values: Float32Array.from(sums, (sum) => sum / count) };
};

/** Of a flat Gaussian. */
interface Covariance {
  readonly hh: number;
  readonly hv: number;
  readonly vv: number;
}

function ellipseCovariance({ spreads }: MapPoints, point: number): Covariance {
  const [a, b, angle] = [spreads![point * 3]!, spreads![point * 3 + 1]!, spreads![point * 3 + 2]!];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return {
    hh: (a * cos) ** 2 + (b * sin) ** 2,
    hv: (a * a - b * b) * sin * cos,
    vv: (a * sin) ** 2 + (b * cos) ** 2,
  };
}

function scottCovariance(positions: Float32Array, count: number): Covariance {
  const variance = (axis: 0 | 1) => {
    let mean = 0;
    for (let i = 0; i < count; i++) mean += positions[i * 2 + axis]! / count;
    let squares = 0;
    for (let i = 0; i < count; i++) squares += (positions[i * 2 + axis]! - mean) ** 2;
    return count > 1 ? squares / (count - 1) : 0;
  };
  const factor = count ** (-1 / 3); // h², so n^(−1/6) squared
  return { hh: variance(0) * factor, hv: 0, vv: variance(1) * factor };
}

/**
 * Adds one Gaussian to the places within its cut. Along a row log-density is a parabola, so that from place to place its value is multiplied by
 * a ratio that is itself multiplied by a constant: three exponentials a row in place of one a place.
 */
function addGaussian(
  sums: Float64Array,
  lattice: FieldLattice,
  steps: LatticeSteps,
  [h, v]: readonly [number, number],
  { hh, hv, vv }: Covariance,
): void {
  const { columns, rows } = lattice;
  const [wide, tall] = [hh + (steps.across / 2) ** 2, vv + (steps.down / 2) ** 2];
  const determinant = wide * tall - hv * hv;
  const [a, b, d] = [tall / determinant, -hv / determinant, wide / determinant]; // of the inverse
  const peak = 1 / (2 * Math.PI * Math.sqrt(determinant));
  const reach = CUT_SIGMAS * Math.sqrt(tall);
  const firstRow = Math.max(0, Math.ceil((lattice.top - v - reach) / steps.down - 0.5));
  const lastRow = Math.min(rows - 1, Math.floor((lattice.top - v + reach) / steps.down - 0.5));
  const shrink = Math.exp(-a * steps.across ** 2);
  for (let row = firstRow; row <= lastRow; row++) {
    const dv = middleOfRow(lattice, steps, row) - v;
    const under = (b * dv) ** 2 - a * (d * dv * dv - CUT_SIGMAS ** 2);
    if (under < 0) continue;
    const middle = h - (b / a) * dv;
    const half = Math.sqrt(under) / a;
    const first = Math.max(0, Math.ceil((middle - half - lattice.left) / steps.across - 0.5));
    const last = Math.min(columns - 1, Math.floor((middle + half - lattice.left) / steps.across - 0.5));
    const dh = middleOfColumn(lattice, steps, first) - h;
    let value = peak * Math.exp(-0.5 * (a * dh * dh + 2 * b * dh * dv + d * dv * dv));
    let ratio = Math.exp(-0.5 * (a * steps.across * (2 * dh + steps.across) + 2 * b * steps.across * dv));
    for (let at = row * columns + first; at <= row * columns + last; at++) {
      sums[at]! += value;
      value *= ratio;
      ratio *= shrink;
    }
  }
}
