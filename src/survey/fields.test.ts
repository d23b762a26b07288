/** What is told over a lattice of the map: regions, density, magnification. */
import { afterAll, expect, test } from "vitest";
import { describeNetwork } from "../model/network";
import { lift, projectSpreads } from "../model/plane";
import { DATASETS } from "../protocol/datasets";
import type { FieldLattice, FieldValues, MapPoints, PlaneSpec } from "../protocol/survey";
import { expectClose } from "../testing/close";
import { draws } from "../testing/draws";
import { stackTwin, twinWeights } from "../testing/model-twin";
import { openSurvey, refusalOf, smallModel } from "../testing/survey-harness";

const survey = openSurvey();
afterAll(() => survey.close());

const POINTS = 300;
const positions = draws(3, POINTS * 2);
const labels = Uint8Array.from({ length: POINTS }, (_, i) => i % 7);
const LATTICE: FieldLattice = { left: -6, right: 6, bottom: -5, top: 5, columns: 60, rows: 40 };

/** Middles of the cells, row by row from the top left. */
function placesOf({ left, right, bottom, top, columns, rows }: FieldLattice): [h: number, v: number][] {
  return Array.from({ length: columns * rows }, (_, i) => [
    left + (((i % columns) + 0.5) / columns) * (right - left),
    top - ((Math.floor(i / columns) + 0.5) / rows) * (top - bottom),
  ]);
}

test("a region has the class of the nearest point", async () => {
  const { values, lattice } = await survey.ask("regions", { points: { positions, spreads: null, labels }, lattice: LATTICE });
  expect(lattice).toEqual(LATTICE);
  const twin = placesOf(LATTICE).map(([h, v]) => {
    const distances = Array.from({ length: POINTS }, (_, i) => Math.hypot(positions[i * 2]! - h, positions[i * 2 + 1]! - v));
    return labels[distances.indexOf(Math.min(...distances))]!;
  });
  expect([...values]).toEqual(twin);
});

test("one point rules the whole map, and points on one spot or one line too", async () => {
  for (const [h, v] of [
    [0, 0],
    [100, 0],
  ] as const) {
    const points = { positions: Float32Array.of(0, 0, h, v), spreads: null, labels: Uint8Array.of(3, 3) };
    const { values } = await survey.ask("regions", { points, lattice: LATTICE });
    expect(new Set(values)).toEqual(new Set([3]));
  }
});

/** The density in float64, straight from its formula: no cut, no recurrence, the inverse by its own formula. */
function densityTwin(points: MapPoints, covarianceOf: (i: number) => [number, number, number], lattice: FieldLattice): number[] {
  const across = (lattice.right - lattice.left) / lattice.columns;
  const down = (lattice.top - lattice.bottom) / lattice.rows;
  const count = points.positions.length / 2;
  return placesOf(lattice).map(([h, v]) => {
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const [hh, hv, vv] = covarianceOf(i);
      const [s11, s22] = [hh + (across / 2) ** 2, vv + (down / 2) ** 2];
      const rho = hv / Math.sqrt(s11 * s22);
      const [x, y] = [(h - points.positions[i * 2]!) / Math.sqrt(s11), (v - points.positions[i * 2 + 1]!) / Math.sqrt(s22)];
      const exponent = -(x * x - 2 * rho * x * y + y * y) / (2 * (1 - rho * rho));
      sum += Math.exp(exponent) / (2 * Math.PI * Math.sqrt(s11 * s22 * (1 - rho * rho)));
    }
    return sum / count;
  });
}

/** What is cut off: e^(−8) of a Gaussian's peak at most, of each. */
function expectDensity({ values, lattice }: FieldValues, twin: readonly number[], tightest: number): void {
  const across = (lattice.right - lattice.left) / lattice.columns;
  const most = Math.exp(-8) / (2 * Math.PI * tightest);
  expect(values.length).toBe(twin.length);
  for (let i = 0; i < twin.length; i++) expect(Math.abs(values[i]! - twin[i]!)).toBeLessThan(most + 1e-6 * twin[i]!);
  expect(across).toBeGreaterThan(0);
}

function integral({ values, lattice }: FieldValues): number {
  const area = ((lattice.right - lattice.left) / lattice.columns) * ((lattice.top - lattice.bottom) / lattice.rows);
  return values.reduce((sum, value) => sum + value, 0) * area;
}

test("density of posteriors that lie askew is the mean of their Gaussians, and integrates to 1", async () => {
  // Posteriors of a 3-D space seen from a slant, so that the ellipses are turned.
  const plane = { center: [0, 0, 0], u: [0.8, 0, -0.6], w: [0.36, 0.8, 0.48] };
  const logVar = draws(4, POINTS * 3, 0.5).map((value) => value - 2);
  const points: MapPoints = { positions, spreads: projectSpreads(plane, logVar), labels: null };
  const told = await survey.ask("density", { points, lattice: LATTICE });
  const variance = (i: number, d: number) => Math.exp(logVar[i * 3 + d]!);
  const covarianceOf = (i: number): [number, number, number] => {
    const along = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, d) => sum + value * b[d]! * variance(i, d), 0);
    return [along(plane.u, plane.u), along(plane.u, plane.w), along(plane.w, plane.w)];
  };
  expectDensity(told, densityTwin(points, covarianceOf, LATTICE), 0.01);
  expect(integral(told)).toBeCloseTo(1, 3); // 3e-4 are cut off
});

test("density of posteriors far narrower than a cell is neither lost nor piled up", async () => {
  const spreads = new Float32Array(POINTS * 3).fill(1e-4);
  const told = await survey.ask("density", { points: { positions, spreads, labels: null }, lattice: LATTICE });
  expect(Math.abs(integral(told) - 1)).toBeLessThan(0.015); // aliasing of a Gaussian whose σ is half a cell
});

test("without spreads: a kernel estimate with Scott's rule for each axis", async () => {
  const stretched = positions.map((value, i) => (i % 2 === 0 ? value : 0.3 * value + 1));
  const points: MapPoints = { positions: stretched, spreads: null, labels: null };
  const told = await survey.ask("density", { points, lattice: LATTICE });
  const deviation = (axis: number) => {
    const values = Array.from({ length: POINTS }, (_, i) => stretched[i * 2 + axis]!);
    const mean = values.reduce((sum, value) => sum + value) / POINTS;
    return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (POINTS - 1));
  };
  const [h, v] = [deviation(0), deviation(1)].map((sigma) => (sigma * POINTS ** (-1 / 6)) ** 2) as [number, number];
  expectDensity(
    told,
    densityTwin(points, () => [h, 0, v], LATTICE),
    0.01,
  );
  expect(integral(told)).toBeCloseTo(1, 2);
});

test("density of one point, of points on one spot and of points out of sight is finite", async () => {
  for (const places of [
    [0, 0],
    [1, 1, 1, 1],
    [1e6, -1e6, 1e6, 1e6],
  ]) {
    const points = { positions: Float32Array.from(places), spreads: null, labels: null };
    const { values } = await survey.ask("density", { points, lattice: LATTICE });
    expect(values.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
  }
});

const dot = (x: readonly number[], y: readonly number[]) => x.reduce((sum, value, i) => sum + value * y[i]!, 0);
const FLAT: PlaneSpec = { center: [0.1, 0, -0.2], u: [0.6, 0.8, 0], w: [0, 0, 1] };
const SMALL: FieldLattice = { left: -2, right: 2, bottom: -2, top: 2, columns: 11, rows: 7 };

test("magnification: coarse blocks first, then each place its own, as central differences in float64 have it", async () => {
  const { model, config, weights } = smallModel({ latentDim: 3 });
  const z = [0.3, -0.4, 0.7];
  const parts: FieldValues[] = [];
  const told = await survey.ask(
    "magnification",
    { plane: FLAT, z, label: 0, lattice: SMALL },
    { model, onPart: (part) => parts.push(part) },
  );
  const network = describeNetwork(config, DATASETS.mnist.image);
  const pixels = (h: number, v: number) =>
    stackTwin([...network.decoder, network.output], twinWeights(weights), lift(FLAT, z, h, v)).map((logit) => 1 / (1 + Math.exp(-logit)));
  const step = 1e-5;
  const twin = placesOf(SMALL).map(([h, v]) => {
    const slope = (plus: readonly number[], minus: readonly number[]) => plus.map((value, i) => (value - minus[i]!) / (2 * step));
    const a = slope(pixels(h + step, v), pixels(h - step, v));
    const b = slope(pixels(h, v + step), pixels(h, v - step));
    return Math.sqrt(dot(a, a) * dot(b, b) - dot(a, b) ** 2);
  });
  expectClose(told.values, twin, 1e-4); // float32 tangents over 784 pixels, √det of them
  expect(parts.length).toBeGreaterThanOrEqual(2);
  const cell = (row: number, column: number) => row * SMALL.columns + column;
  for (const [part, stride] of [
    [parts[0]!, 4],
    [parts[1]!, 2],
  ] as const) {
    for (let row = 0; row < SMALL.rows; row++) {
      for (let column = 0; column < SMALL.columns; column++) {
        const corner = cell(row - (row % stride), column - (column % stride));
        expect(part.values[cell(row, column)]).toBe(told.values[corner]);
      }
    }
  }
});

test.each([
  ["a place of another width", { z: [0, 0] }, /z has 2 numbers/],
  ["a plane of another width", { plane: { ...FLAT, u: [1] } }, /u has 1 numbers/],
  ["a place that is none", { z: [0, NaN, 0] }, /z holds NaN at 1/],
  ["a lattice without area", { lattice: { ...SMALL, right: -2 } }, /none to be told/],
  ["a lattice beyond measure", { lattice: { ...SMALL, columns: 1e9 } }, /none to be told/],
  ["a lattice that is open", { lattice: { ...SMALL, top: Infinity } }, /the lattice holds Infinity/],
])("magnification: %s is refused", async (_, change, message) => {
  const { model } = smallModel({ latentDim: 3 });
  const ask = { plane: FLAT, z: [0, 0, 0], label: 0, lattice: SMALL, ...change };
  expect(await refusalOf(survey.ask("magnification", ask, { model }))).toMatch(message);
});

test.each([
  ["no points", { positions: new Float32Array(0), spreads: null, labels: new Uint8Array(0) }, /no places/],
  ["half a point", { positions: new Float32Array(3), spreads: null, labels: null }, /no places/],
  ["a point that is nowhere", { positions: Float32Array.of(0, NaN), spreads: null, labels: Uint8Array.of(1) }, /holds NaN at 1/],
  ["too few ellipses", { positions: new Float32Array(4), spreads: new Float32Array(3), labels: null }, /no 2 ellipses/],
  [
    "an ellipse without measure",
    { positions: new Float32Array(2), spreads: Float32Array.of(1, Infinity, 0), labels: null },
    /spreads holds/,
  ],
  ["too few labels", { positions: new Float32Array(4), spreads: null, labels: new Uint8Array(1) }, /1 labels/],
])("%s: refused", async (_, points, message) => {
  expect(await refusalOf(survey.ask("density", { points, lattice: SMALL }))).toMatch(message);
  expect(await refusalOf(survey.ask("regions", { points, lattice: SMALL }))).toMatch(message);
});

test("regions of points without labels are refused", async () => {
  expect(await refusalOf(survey.ask("regions", { points: { positions, spreads: null, labels: null }, lattice: SMALL }))).toMatch(
    /no labels/,
  );
});
