/** The panel's arithmetic: signs of components, places on a strip, turns, and work shared out over frames. */
import { expect, test } from "vitest";
import { createFrameWork, FRAME_BUDGET_MS } from "./frame-work";
import { alignSigns, varianceShares } from "./principal-signs";
import { STRIP_TILES, stripPlace, stripValues } from "./traversal";
import { turnedOn } from "./turning";

const basisOf = (...directions: number[]) => ({
  mean: new Float32Array(2),
  directions: Float32Array.from(directions),
  variances: Float32Array.of(3, 1),
});

test("components point where they pointed before, each by itself", () => {
  const { directions } = alignSigns(basisOf(-0.6, -0.8, -0.8, 0.6), basisOf(0.8, 0.6, -0.6, 0.8));
  expect(Array.from(directions)).toEqual(Array.from(Float32Array.of(0.6, 0.8, -0.8, 0.6)));
  const other = { mean: new Float32Array(3), directions: new Float32Array(9), variances: new Float32Array(3) };
  const basis = basisOf(1, 0, 0, 1);
  expect(alignSigns(basis, other)).toBe(basis);
  expect(alignSigns(basis, null)).toBe(basis);
});

test("shares of the variance sum to 1, or are 0 where nothing varies", () => {
  expect(varianceShares(basisOf(1, 0, 0, 1))).toEqual([0.75, 0.25]);
  expect(varianceShares({ ...basisOf(1, 0, 0, 1), variances: new Float32Array(2) })).toEqual([0, 0]);
});

test("a strip goes from −3 σ to 3 σ, and a value stands in the middle of its tile", () => {
  const span = { mean: 1, deviation: 0.5 };
  expect(stripValues(span)).toEqual([-0.5, 0, 0.5, 1, 1.5, 2, 2.5]);
  stripValues(span).forEach((value, tile) => expect(stripPlace(span, value)).toBeCloseTo((tile + 0.5) / STRIP_TILES, 12));
});

test("half a minute is once around, and the angle stays in its circle", () => {
  expect(turnedOn(0.3, 30_000)).toBeCloseTo(0.3, 12);
  expect(turnedOn(3, 5_000)).toBeCloseTo(3 + Math.PI / 3 - 2 * Math.PI, 12);
});

/** A clock that work itself moves on, and frames that come when told. */
function fakeFrames() {
  let time = 0;
  const frames: (() => void)[] = [];
  const work = createFrameWork({ now: () => time, requestFrame: (onFrame) => frames.push(onFrame) });
  const done: string[] = [];
  function* pieces(name: string, count: number, ms: number) {
    for (let i = 0; i < count; i++) {
      time += ms;
      done.push(name);
      yield;
    }
  }
  return { work, frames, done, pieces, frame: () => frames.shift()!() };
}

test("a frame is given no more than its budget, and the rest goes to the next", () => {
  const { work, frames, done, pieces, frame } = fakeFrames();
  work.begin({}, pieces("a", 7, FRAME_BUDGET_MS / 4));
  expect(frames.length).toBe(1);
  frame();
  expect(done.length).toBe(4);
  frame();
  expect(done.length).toBe(7);
  expect(frames.length).toBe(0);
});

test("who begins anew keeps the turn, so that the others come to theirs", () => {
  const { work, done, pieces, frame } = fakeFrames();
  const [one, other] = [{}, {}];
  for (let move = 0; move < 4; move++) {
    work.begin(one, pieces("one", 2, FRAME_BUDGET_MS / 2));
    work.begin(other, pieces("other", 2, FRAME_BUDGET_MS / 2));
    frame();
  }
  expect(done).toContain("other");
});

test("what is dropped is not done", () => {
  const { work, done, pieces, frame } = fakeFrames();
  const owner = {};
  work.begin(owner, pieces("a", 3, 1));
  work.drop(owner);
  frame();
  expect(done).toEqual([]);
});
