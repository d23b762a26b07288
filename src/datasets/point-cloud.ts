/**
 * Toy clouds of points in the plane and in space: the formula of each, from a
 * uniform place on it to coordinates in [0, 1].
 *
 * Pure; the shipped files are made by `scripts/data/points.ts`. Moons, rings and Swiss roll have the shapes of scikit-learn's
 * `make_moons`, `make_circles` and `make_swiss_roll`.
 */
import type { DatasetId } from "../protocol/datasets";

export type PointCloudId = Extract<DatasetId, "moons" | "rings" | "spiral" | "gaussians" | "swissroll" | "helix">;

export interface PointCloud {
  /** Noise on every coordinate, standard deviation in units of the square or cube. */
  readonly noise: number;
  /**
   * A place without noise.
   *
   * @param label class, 0 …
   * @param u place along the class, in [0, 1)
   * @param v place across it, in [0, 1); read by surfaces only
   * @returns two or three coordinates
   */
  readonly place: (label: number, u: number, v: number) => readonly number[];
}

const TURN = 2 * Math.PI;
/** Classes of a curve or surface that is one piece: quarters of its length. */
const QUARTERS = 4;

/** Places of the nine clusters, each way. */
const GRID = [0.2, 0.5, 0.8] as const;

/** Radii of the rings around the middle. */
const RADII = [0.12, 0.26, 0.4] as const;

export const POINT_CLOUDS: Readonly<Record<PointCloudId, PointCloud>> = {
  moons: {
    noise: 0.02,
    place(label, u) {
      const t = Math.PI * u;
      const [x, y] = label === 0 ? [Math.cos(t), Math.sin(t)] : [1 - Math.cos(t), 0.5 - Math.sin(t)];
      return [0.1 + (0.8 * (x + 1)) / 3, 0.5 + (0.8 * (y - 0.25)) / 3];
    },
  },
  rings: {
    noise: 0.012,
    place: (label, u) => [0.5 + RADII[label]! * Math.cos(TURN * u), 0.5 + RADII[label]! * Math.sin(TURN * u)],
  },
  spiral: {
    noise: 0.01,
    place(label, u) {
      const radius = 0.06 + 0.36 * u;
      const angle = 1.25 * TURN * u + Math.PI * label;
      return [0.5 + radius * Math.cos(angle), 0.5 + radius * Math.sin(angle)];
    },
  },
  gaussians: { noise: 0.03, place: (label) => [GRID[label % 3]!, GRID[Math.floor(label / 3)]!] },
  swissroll: {
    noise: 0.008,
    place(label, u, v) {
      const t = 0.75 * TURN * (1 + (2 * (label + u)) / QUARTERS); // 1.5 π … 4.5 π
      const radius = (0.42 * t) / (2.25 * TURN);
      return [0.5 + radius * Math.cos(t), 0.5 + radius * Math.sin(t), 0.1 + 0.8 * v];
    },
  },
  helix: {
    noise: 0.012,
    place(label, u) {
      const along = (label + u) / QUARTERS;
      return [0.5 + 0.32 * Math.cos(2.5 * TURN * along), 0.5 + 0.32 * Math.sin(2.5 * TURN * along), 0.1 + 0.8 * along];
    },
  },
};

/** A coordinate as it is stored, to the 255th part of the square; what lies outside is brought to its edge. */
export function coordinateByte(value: number): number {
  return Math.min(255, Math.max(0, Math.round(255 * value)));
}
