import { expect, test } from "vitest";
import type { Pin } from "../../../store/explorer-store";
import { movedPin, pointsFor, stationsKey, stationsOf, trailsOf } from "./path-plan";

const pin = (id: number, ...z: number[]): Pin => ({ id, z, origin: "probe", label: null });
const PINS = [pin(1, 0, 0), pin(2, 2, 0), pin(3, 1, 1, 1), pin(5, 0, 2)];

const ids = (pins: readonly Pin[]) => pins.map((each) => each.id);

test("stations are the pins of this latent space that are not left out, in their order", () => {
  expect(stationsOf(PINS, new Set(), 2)).toEqual([
    [0, 0],
    [2, 0],
    [0, 2],
  ]);
  expect(stationsOf(PINS, new Set([2]), 2)).toEqual([
    [0, 0],
    [0, 2],
  ]);
});

test("paths come in one order, from the first station to the last, with as many points as each other", () => {
  const stations = stationsOf(PINS, new Set(), 2);
  const geodesic = new Float32Array(2 * pointsFor(3)).fill(7);
  const trails = trailsOf(stations, ["geodesic", "spherical", "straight"], geodesic);
  expect(trails.map(({ kind }) => kind)).toEqual(["straight", "spherical", "geodesic"]);
  for (const { codes } of trails) expect(codes.length).toBe(2 * pointsFor(3));
  expect([...trails[0]!.codes.subarray(0, 2)]).toEqual([0, 0]);
  expect([...trails[0]!.codes.subarray(-2)]).toEqual([0, 2]);
  expect(trails[2]!.codes).toBe(geodesic);
});

test("no path with one station, no geodesic before it is there, none that is not wanted", () => {
  expect(trailsOf([[0, 0]], ["straight"], null)).toEqual([]);
  expect(
    trailsOf(
      [
        [0, 0],
        [1, 0],
      ],
      ["spherical", "geodesic"],
      null,
    ).map(({ kind }) => kind),
  ).toEqual(["spherical"]);
});

test("more legs have more points, up to a bound that still has one for each of 24 pins", () => {
  expect([2, 3, 4].map(pointsFor)).toEqual([33, 49, 65]);
  expect(pointsFor(24)).toBe(129);
});

test("pins change places with their neighbours, and stay at the ends", () => {
  expect(ids(movedPin(PINS, 2, -1))).toEqual([2, 1, 3, 5]);
  expect(ids(movedPin(PINS, 2, 1))).toEqual([1, 3, 2, 5]);
  expect(ids(movedPin(PINS, 1, -1))).toEqual([1, 2, 3, 5]);
  expect(ids(movedPin(PINS, 9, 1))).toEqual([1, 2, 3, 5]);
});

test("equal stations have equal keys, others not", () => {
  expect(stationsKey([[1, 2], [3]])).toBe(stationsKey([[1, 2], [3]]));
  expect(stationsKey([[1, 2], [3]])).not.toBe(stationsKey([[1], [2, 3]]));
});
