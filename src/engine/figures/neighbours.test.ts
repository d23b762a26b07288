import { expect, test } from "vitest";
import { fillNormal } from "../../lib/random";
import { neighbourAccuracy, neighbourPieces, voteOfNearest, type LabelledPoints } from "./neighbours";

function drain<T>(work: Generator<void, T>): { readonly value: T; readonly pieces: number } {
  for (let pieces = 0; ; pieces++) {
    const { done, value } = work.next();
    if (done === true) return { value, pieces };
  }
}

/** Round centres that lie `apart` from each other, labels in turn. */
function clusters(count: number, classes: number, columns: number, apart: number, stream: number): LabelledPoints {
  const values = new Float32Array(count * columns);
  fillNormal({ seed: 2, stream }, 0, values);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % classes);
  labels.forEach((label, i) => (values[i * columns + (label % columns)]! += apart * (1 + Math.floor(label / columns))));
  return { values, labels };
}

test("of clusters far apart every label is found", () => {
  const [points, reference] = [clusters(60, 4, 50, 40, 1), clusters(200, 4, 50, 40, 2)];
  expect(drain(neighbourAccuracy(points, reference, 50, 5)).value).toBe(1);
});

test("of one cloud labels are found by chance alone", () => {
  const [points, reference] = [clusters(1_000, 4, 3, 0, 1), clusters(1_000, 4, 3, 0, 2)];
  const { value } = drain(neighbourAccuracy(points, reference, 3, 5));
  expect(Math.abs(value - 0.25)).toBeLessThan(0.06); // four deviations of a thousand throws
});

test("is the vote of a whole sorted list, in few and in many columns", () => {
  for (const columns of [2, 33, 70]) {
    const [points, reference] = [clusters(80, 3, columns, 1, 1), clusters(150, 3, columns, 1, 2)];
    for (let i = 0; i < 80; i++) {
      const ranked = Array.from(reference.labels, (label, j) => {
        let distance = 0;
        for (let d = 0; d < columns; d++) distance += (points.values[i * columns + d]! - reference.values[j * columns + d]!) ** 2;
        return { label, distance };
      }).toSorted((a, b) => a.distance - b.distance);
      const near = ranked.slice(0, 5).map(({ label }) => label);
      const votes = (label: number) => near.filter((other) => other === label).length;
      const wanted = near.toSorted((a, b) => votes(b) - votes(a) || near.indexOf(a) - near.indexOf(b))[0];
      expect(voteOfNearest(points.values, i * columns, reference, columns, 5)).toBe(wanted);
    }
  }
});

test("of two labels with as many votes the one with the nearest point counts", () => {
  const reference = { values: Float32Array.from([1, 2, 3, 4, 9]), labels: Uint8Array.from([7, 3, 3, 7, 5]) };
  expect(voteOfNearest(Float32Array.of(0), 0, reference, 1, 5)).toBe(7);
  expect(voteOfNearest(Float32Array.of(0), 0, reference, 1, 3)).toBe(3);
});

test("a code that is no number has no label", () => {
  const reference = { values: Float32Array.from([1, 2]), labels: Uint8Array.from([0, 0]) };
  expect(voteOfNearest(Float32Array.of(Number.NaN), 0, reference, 1, 2)).toBe(-1);
});

test("yields as often as it says", () => {
  const [points, reference] = [clusters(100, 3, 784, 1, 1), clusters(2_000, 3, 784, 1, 2)];
  expect(drain(neighbourAccuracy(points, reference, 784, 5)).pieces).toBe(neighbourPieces(100, 2_000, 784));
  expect(neighbourPieces(100, 2_000, 784)).toBe(5);
});
