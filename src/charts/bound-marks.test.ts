import { expect, test } from "vitest";
import { boundMarks } from "./bound-marks";

const place = (value: number) => (value + 112) / 10;

test("the scale reaches from the least bound less its error to the greatest and its own", () => {
  const marks = boundMarks([
    { bound: -110, standardError: 2 },
    { bound: -104, standardError: 1 },
    { bound: -102, standardError: 0 },
  ]);
  expect(marks).toEqual(
    [-110, -104, -102].map((bound, i) => ({ at: place(bound), from: place(bound - [2, 1, 0][i]!), to: place(bound + [2, 1, 0][i]!) })),
  );
});

test("a lone bound without error stands in the middle, and none gives none", () => {
  expect(boundMarks([{ bound: 3, standardError: 0 }])).toEqual([{ at: 0.5, from: 0.5, to: 0.5 }]);
  expect(boundMarks([])).toEqual([]);
});
