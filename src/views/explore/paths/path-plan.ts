/** From pinned places to paths: which of them are stations, how finely a path is drawn, and what the map is given. Pure functions. */
import { sphericalPath, straightPath } from "../../../model/paths";
import type { Floats } from "../../../protocol/messages";
import { PATH_KINDS, type PathKind, type Pin, type Trail } from "../../../store/explorer-store";

/** Points of a path of one leg, and of every further one: enough for a smooth film, few enough to be decoded between two snapshots. */
const FIRST_LEG_POINTS = 33;
const LEG_POINTS = 16;
const MOST_POINTS = 129;

/** Codes that the path goes through, in the order of the pins; pins of another latent space are none. */
export function stationsOf(pins: readonly Pin[], leftOut: ReadonlySet<number>, latentDim: number): (readonly number[])[] {
  return pins.filter(({ id, z }) => !leftOut.has(id) && z.length === latentDim).map(({ z }) => z);
}

/** How many points a path over so many stations has. */
export function pointsFor(stations: number): number {
  return Math.min(MOST_POINTS, FIRST_LEG_POINTS + LEG_POINTS * Math.max(0, stations - 2));
}

/** Names a list of stations: equal for equal ones. */
export function stationsKey(stations: readonly (readonly number[])[]): string {
  return stations.map((z) => z.join(" ")).join(";");
}

/** The wanted paths in their usual order; none with fewer than two stations, and no geodesic before there is one. */
export function trailsOf(stations: readonly (readonly number[])[], kinds: readonly PathKind[], geodesic: Floats | null): Trail[] {
  if (stations.length < 2) return [];
  const points = pointsFor(stations.length);
  return PATH_KINDS.filter((kind) => kinds.includes(kind)).flatMap((kind): Trail[] => {
    if (kind === "straight") return [{ kind, codes: straightPath(stations, points) }];
    if (kind === "spherical") return [{ kind, codes: sphericalPath(stations, points) }];
    return geodesic === null ? [] : [{ kind, codes: geodesic }];
  });
}

/** The pins with one of them a place further up (−1) or down (+1); as they are when there is no such place. */
export function movedPin(pins: readonly Pin[], id: number, by: -1 | 1): Pin[] {
  const moved = [...pins];
  const from = moved.findIndex((pin) => pin.id === id);
  const to = from + by;
  if (from < 0 || to < 0 || to >= moved.length) return moved;
  [moved[from], moved[to]] = [moved[to]!, moved[from]!];
  return moved;
}
