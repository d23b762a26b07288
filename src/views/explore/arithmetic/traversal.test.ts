import { expect, test } from "vitest";
import { drawSprite, SHAPES_IMAGE, type SpriteFactors } from "../../../datasets/shape-sprite";
import { measureShape } from "../../../model/shape-factors";
import { dimensionWalk, factorCurves, mostMoved, movedTo, placesWalk, positionOn, positionsOf, walkCodes } from "./traversal";

test("along a dimension only that number changes", () => {
  const walk = dimensionWalk(3, 1, 3);
  expect(positionsOf(walk, 3)).toEqual([-3, 0, 3]);
  expect([...walkCodes(walk, [1, 2, 4], [-3, 0, 3])]).toEqual([1, -3, 4, 1, 0, 4, 1, 3, 4]);
  expect(positionOn(walk.unit, [1, 2, 4])).toBe(2);
});

test("between two places the walk passes over both, half their distance beyond either", () => {
  const walk = placesWalk([0, 0], [3, 4])!;
  expect(walk.unit).toEqual([0.6, 0.8]);
  expect([walk.least, walk.most]).toEqual([-2.5, 7.5]);
  // From a place beside the line the walk runs parallel to it.
  const moved = movedTo(walk.unit, [0.8, -0.6], 5);
  expect(moved[0]).toBeCloseTo(3.8, 12);
  expect(moved[1]).toBeCloseTo(3.4, 12);
  expect(placesWalk([1, 1], [1, 1])).toBeNull();
});

const measured = (factors: SpriteFactors) => {
  const bytes = new Uint8Array(32 * 32);
  drawSprite(factors, bytes);
  return measureShape(
    Array.from(bytes, (byte) => byte / 255),
    SHAPES_IMAGE,
  );
};
const HEART: SpriteFactors = { shape: 2, size: 7, angle: 0.3, x: 16, y: 14 };
const STEPS = Array.from({ length: 9 }, (_, i) => i / 8);

test("a walk that moves the sprite across is seen to move x, by its share of the range", () => {
  const curves = factorCurves(STEPS.map((t) => measured({ ...HEART, x: 12 + 6 * t })));
  const most = mostMoved(curves)!;
  expect(most.factor).toBe("x");
  expect(most.share).toBeCloseTo(0.5, 1); // 6 of 12 pixels, to the measurement's 0.05
  expect(most.values[4]).toBeCloseTo(15, 1);
});

test("a turn goes on past the angle at which a square repeats itself", () => {
  const curves = factorCurves(STEPS.map((t) => measured({ ...HEART, shape: 0, angle: (1.2 + t) % (Math.PI / 2) })));
  const most = mostMoved(curves)!;
  expect(most.factor).toBe("angle");
  const [first, last] = [most.values[0]!, most.values.at(-1)!];
  expect(last - first).toBeCloseTo(180 / Math.PI, -1); // one radian, to 1.5° at either end
});

test("another shape is a change by itself; what cannot be seen breaks the curves", () => {
  const curves = factorCurves([measured(HEART), measured({ ...HEART, shape: 1 }), null, measured(HEART)]);
  expect(curves.find(({ factor }) => factor === "shape")).toEqual({ factor: "shape", values: [2, 1, Number.NaN, 2], share: 0.5 });
  expect(curves.find(({ factor }) => factor === "angle")!.values[2]).toBeNaN();
});

test("a blob of no shape keeps its place and has no turn", () => {
  const blob = { shape: null, size: 6, angle: null, x: 10, y: 20 };
  const curves = factorCurves([measured(HEART), blob, measured(HEART)]);
  expect(curves.find(({ factor }) => factor === "shape")!.values).toEqual([2, Number.NaN, 2]);
  expect(curves.find(({ factor }) => factor === "x")!.values[1]).toBe(10);
});

test("nothing moves where nothing changes or nothing is seen", () => {
  expect(mostMoved(factorCurves(STEPS.map(() => measured(HEART))))).toBeNull();
  expect(mostMoved(factorCurves([null, null]))).toBeNull();
});
