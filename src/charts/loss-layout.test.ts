import { expect, test } from "vitest";
import { appendRows, emptySeries } from "../lib/capped-series";
import type { LossChartData } from "./loss-data";
import { layoutLossCurves, type LossFrame } from "./loss-layout";

const frame: LossFrame = { width: 800, height: 260, xKind: "linear", labelWidth: 150 };
const TERMS = ["reconstruction", "kl", "objective"] as const;

/** A run like the digits': a fast fall from 540 nats, then a slow one, with a fixed ripple for the noise of the batches. */
function runOf(steps: number, change: Partial<LossChartData> = {}): LossChartData {
  const step = Array.from({ length: steps }, (_, i) => i + 1);
  const kl = step.map((s) => 6 + 10 * Math.exp(-s / 20) + 0.3 * Math.sin(s * 3.1));
  const reconstruction = step.map((s) => 155 + 370 * Math.exp(-s / 25) + 40 * Math.exp(-s / 400) + 4 * Math.sin(s * 2.3));
  const objective = reconstruction.map((value, i) => value + kl[i]!);
  const rows = appendRows(emptySeries(TERMS, 4000), { step, kl, reconstruction, objective });
  const heldOutSteps = steps === 0 ? [] : [0, ...step.filter((s) => s % 70 === 0)];
  const at = (values: readonly number[]) => heldOutSteps.map((s) => values[Math.max(0, s - 1)] ?? 0);
  return {
    rows,
    heldOutSteps,
    panels: [
      {
        id: "top",
        share: 2,
        minSpan: 1,
        least: 45.7,
        floorName: { full: "floor of everything", short: "floor" },
        curves: [
          { id: "objective", name: "objective", color: "ink", training: rows.columns.objective, heldOut: at(objective) },
          {
            id: "reconstruction",
            name: "reconstruction",
            color: "decoder",
            training: rows.columns.reconstruction,
            heldOut: at(reconstruction),
          },
        ],
      },
      {
        id: "kl",
        share: 1,
        minSpan: 0.1,
        least: 0,
        floorName: null,
        curves: [{ id: "kl", name: "KL", color: "latent", training: rows.columns.kl, heldOut: at(kl) }],
      },
    ],
    rates: [{ step: 0, learningRate: 0.001, beta: 1 }],
    stopStep: null,
    stepsPerEpoch: 70,
    totalSteps: null,
    ...change,
  };
}

/** Coordinates of a path's points. */
function pointsOf(path: string): [number, number][] {
  return [...path.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
}

test("before the first step there are axes and nothing on them", () => {
  const { panels, stepTicks } = layoutLossCurves(runOf(0), frame);
  expect(panels.map(({ curves, labels, y }) => ({ curves, labels, y }))).toEqual([
    { curves: [], labels: [], y: null },
    { curves: [], labels: [], y: null },
  ]);
  expect(stepTicks.length).toBeGreaterThan(2);
});

test("one point is a dot with its label", () => {
  const [top] = layoutLossCurves(runOf(1), frame).panels;
  expect(top!.curves[0]!.smooth).toMatch(/^M[\d.]+ [\d.]+h0$/);
  expect(top!.labels.map(({ kind }) => kind)).toEqual(["training", "held-out", "training", "held-out"]);
});

test("a run of NaN alone draws nothing and names nothing", () => {
  const data = runOf(0);
  const rows = appendRows(data.rows, { step: [1, 2], kl: [NaN, NaN], reconstruction: [NaN, NaN], objective: [NaN, NaN] });
  const curves = [{ id: "objective", name: "objective", color: "ink" as const, training: rows.columns["objective"]!, heldOut: [] }];
  const layout = layoutLossCurves({ ...data, rows, panels: [{ ...data.panels[0]!, curves }] }, frame);
  expect(layout.panels[0]).toMatchObject({ y: null, curves: [], labels: [] });
});

test("after a divergence the curve stays up to its last finite step, and no coordinate leaves the page", () => {
  const data = runOf(100);
  const rows = appendRows(data.rows, { step: [101, 102], kl: [1e30, NaN], reconstruction: [1e30, NaN], objective: [1e30, NaN] });
  const training = rows.columns["objective"]!;
  const curves = [{ id: "objective", name: "objective", color: "ink" as const, training, heldOut: [] }];
  const layout = layoutLossCurves({ ...data, rows, panels: [{ ...data.panels[0]!, curves }], stopStep: 102 }, frame);
  const points = pointsOf(layout.panels[0]!.curves[0]!.smooth);
  expect(points).toHaveLength(101);
  expect(Math.max(...points.map(([, y]) => Math.abs(y)))).toBeLessThanOrEqual(10_000);
  expect(layout.stopX).toBeCloseTo(layout.x(102), 9);
});

test("a change of two nats late in the run is seen, although it began at 540", () => {
  const layout = layoutLossCurves(runOf(1400), frame);
  const [top, kl] = layout.panels;
  const height = (value: number) => Math.abs(top!.y!(160) - top!.y!(160 + value));
  expect(height(2)).toBeGreaterThan(1.5); // half of it is more than an antialiased line hides
  expect(top!.peak!.value).toBeGreaterThan(500);
  expect(top!.peak!.x).toBeCloseTo(layout.x(1), 9);
  expect(Math.abs(kl!.y!(6) - kl!.y!(8))).toBeGreaterThan(8);
});

test("panels share the height by their parts and do not overlap", () => {
  const { panels, top, bottom } = layoutLossCurves(runOf(700), frame);
  const [upper, lower] = panels;
  expect(upper!.top).toBe(top);
  expect(lower!.bottom).toBeCloseTo(bottom, 9);
  expect(lower!.top).toBeGreaterThan(upper!.bottom);
});

test("a far floor lies behind a break of the axis, a near one on the scale", () => {
  const far = layoutLossCurves(runOf(1400), frame).panels[0]!;
  expect(far.floor).toMatchObject({ value: 45.7, isBroken: true });
  expect(far.floor!.y).toBeGreaterThan(far.bottom);
  const data = runOf(1400);
  const near = layoutLossCurves({ ...data, panels: [{ ...data.panels[0]!, least: 130 }] }, frame).panels[0]!;
  expect(near.floor).toMatchObject({ isBroken: false, y: near.y!(130) });
  expect(near.floor!.y).toBeLessThanOrEqual(near.bottom);
});

test("end labels never collide and stand behind the last point", () => {
  for (const steps of [1, 2, 10, 70, 700, 2100]) {
    const { panels, x, right } = layoutLossCurves(runOf(steps), frame);
    for (const { labels } of panels) {
      const middles = labels.map(({ y }) => y).toSorted((a, b) => a - b);
      middles.slice(1).forEach((y, i) => expect(y - middles[i]!).toBeGreaterThanOrEqual(14.9)); // text of 12 px
      for (const label of labels) expect(label.x).toBeCloseTo(x(steps), 9);
    }
    expect(x(steps)).toBeLessThanOrEqual(right);
  }
});

test("the smoothed line ends at the value its label states", () => {
  const top = layoutLossCurves(runOf(900), frame).panels[0]!;
  const label = top.labels.find(({ id, kind }) => id === "objective" && kind === "training")!;
  expect(pointsOf(top.curves[0]!.smooth).at(-1)![1]).toBeCloseTo(top.y!(label.value), 0); // paths are rounded to a tenth
});

test("marks of a dragged slider become one, the rest keep their places", () => {
  const [first, a, b, c, d] = [0, 400, 401, 403, 1000].map((step) => ({ step, learningRate: 0.001, beta: step / 100 }));
  const layout = layoutLossCurves(runOf(1400, { rates: [first!, a!, b!, c!, d!] }), frame);
  expect(layout.marks.map(({ before, after, changes }) => [before.beta, after.beta, changes])).toEqual([
    [0, 4.03, 3],
    [4.03, 10, 1],
  ]);
  expect(layout.marks.map(({ x }) => x)).toEqual([layout.x(403), layout.x(1000)]);
});

test("a run of many thousand steps costs no more points than the chart has pixels", () => {
  const { panels } = layoutLossCurves(runOf(50_000), frame);
  for (const { curves } of panels) {
    for (const { raw, smooth } of curves) {
      expect(pointsOf(raw).length).toBeLessThanOrEqual(2 * 611);
      expect(pointsOf(smooth).length).toBeLessThanOrEqual(611);
    }
  }
});

test("a frame too small to hold anything is still laid out", () => {
  const layout = layoutLossCurves(runOf(100), { width: 0, height: 0, xKind: "log", labelWidth: 150 });
  expect(layout.right).toBeGreaterThan(layout.left);
  expect(layout.bottom).toBeGreaterThan(layout.top);
});

test("an evaluation alone, before the first step, draws nothing", () => {
  const data = runOf(0);
  const curves = data.panels[0]!.curves.map((curve) => ({ ...curve, heldOut: [551] }));
  const layout = layoutLossCurves({ ...data, heldOutSteps: [0], panels: [{ ...data.panels[0]!, curves }] }, frame);
  expect(layout.panels[0]).toMatchObject({ y: null, curves: [], labels: [], floor: null });
});

/** A game of even sides after a lopsided start, and scores that meet in the middle. */
function gameOf(steps: number): LossChartData {
  const step = Array.from({ length: steps }, (_, i) => i + 1);
  const generator = step.map((s) => Math.log(2) + 4 * Math.exp(-s / 60));
  const score = step.map((s) => 0.5 - 0.45 * Math.exp(-s / 60));
  const rows = appendRows(emptySeries(["generator", "score"], 4000), { step, generator, score });
  return runOf(0, {
    rows,
    heldOutSteps: [],
    panels: [
      {
        id: "game",
        share: 1,
        minSpan: 1,
        least: null,
        floorName: null,
        lines: [
          { name: "G", color: "decoder", value: Math.log(2) },
          { name: "D", color: "adversarial", value: 2 * Math.log(2) },
          { name: "far", color: "ink", value: 50 },
        ],
        curves: [{ id: "generator", name: "G", color: "decoder", training: rows.columns.generator, heldOut: [] }],
      },
      {
        id: "scores",
        share: 1,
        minSpan: 1,
        range: [0, 1],
        least: null,
        floorName: null,
        curves: [{ id: "score", name: "fakes", color: "decoder", training: rows.columns.score, heldOut: [] }],
      },
    ],
  });
}

test("a fixed range stays, whatever its curve does; a line of comparison is drawn where it lies and never widens the range", () => {
  const [game, scores] = layoutLossCurves(gameOf(300), frame).panels;
  expect(scores!.y!.domain).toEqual([0, 1]);
  expect(game!.lines.map(({ name }) => name)).toEqual(["G", "D"]);
  for (const { y, namePlace } of game!.lines) {
    expect(Math.abs(namePlace.y - y)).toBeLessThan(20);
    expect(namePlace.x).toBeGreaterThan(layoutLossCurves(gameOf(300), frame).left);
  }
  expect(game!.lines[0]!.y).toBeCloseTo(game!.y!(Math.log(2)), 6);
});

test("curves below 0 keep their range: a Gaussian likelihood's, with its floor behind a break or within", () => {
  const data = runOf(300);
  const { rows } = data;
  const training = rows.columns["reconstruction"]!.map((value) => value - 1_000);
  const upper = {
    ...data.panels[0]!,
    least: -1_084,
    curves: [{ id: "reconstruction", name: "reconstruction", color: "decoder" as const, training, heldOut: [] }],
  };
  const [panel] = layoutLossCurves({ ...data, heldOutSteps: [], panels: [upper] }, frame).panels;
  const [low, high] = panel!.y!.domain;
  expect(high).toBeLessThan(0);
  expect(low).toBeGreaterThanOrEqual(-1_100);
  const smooth = pointsOf(panel!.curves[0]!.smooth);
  for (const [, y] of smooth.slice(30)) {
    expect(y).toBeGreaterThanOrEqual(panel!.top);
    expect(y).toBeLessThanOrEqual(panel!.bottom);
  }
  expect(panel!.floor).not.toBeNull();
});

test("what is set takes its place among the labels, and C its place in the range", () => {
  const data = runOf(200);
  const kl = data.panels[1]!;
  const guides = [
    { id: "beta", name: "β", color: "latent", full: 4, at: (step: number) => step / 50 },
    { id: "capacity", name: "C", color: "latent", full: null, at: (step: number) => step / 5 },
  ] as const;
  const [panel] = layoutLossCurves({ ...data, panels: [{ ...kl, guides }] }, frame).panels;
  expect(panel!.y!.domain[1]).toBeGreaterThanOrEqual(40);
  const labels = panel!.labels.filter(({ kind }) => kind === "guide");
  expect(labels.map(({ name, value }) => [name, value])).toEqual([
    ["β", 4],
    ["C", 40],
  ]);
});
