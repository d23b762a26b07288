import { afterAll, expect, test } from "vitest";
import { describeNetwork } from "../model/network";
import { DATASETS } from "../protocol/datasets";
import { stackTwin, twinWeights } from "../testing/model-twin";
import { openSurvey, refusalOf, smallModel } from "../testing/survey-harness";

const survey = openSurvey();
afterAll(() => survey.close());

/** Weights of ±1 and more, so that the decoder bends; a fresh network is all but flat. */
const small = smallModel();
const weights = Object.fromEntries(Object.entries(small.weights).map(([name, values]) => [name, values.map((value) => value * 3)]));
const model = { ...small.model, weights };
const CODES = [
  [-2, -1],
  [0, 2],
  [2, -1],
];

/** Energy of a path in float64, from the pictures alone: parts · Σ‖Δpixels‖², each step in two parts. */
function energyTwin(path: Float32Array): number {
  const network = describeNetwork(small.config, DATASETS.mnist.image);
  const parts = path.length - 2; // two for each of the steps, which are one fewer than points of two numbers
  const place = (part: number, d: number) => (path[Math.floor(part / 2) * 2 + d]! + path[Math.ceil(part / 2) * 2 + d]!) / 2;
  const pictures = Array.from({ length: parts + 1 }, (_, part) =>
    stackTwin([...network.decoder, network.output], twinWeights(weights), [place(part, 0), place(part, 1)]).map(
      (logit) => 1 / (1 + Math.exp(-logit)),
    ),
  );
  let sum = 0;
  for (let i = 1; i <= parts; i++) sum += pictures[i]!.reduce((squares, value, p) => squares + (value - pictures[i - 1]![p]!) ** 2, 0);
  return sum * parts;
}

test("goes through its codes with less energy than the straight line", async () => {
  const { path, energy, straightEnergy } = await survey.ask("geodesic", { codes: CODES, points: 17, label: 0 }, { model });
  expect(path.length).toBe(34);
  expect([...path.subarray(0, 2)]).toEqual(CODES[0]);
  expect([...path.subarray(32)]).toEqual(CODES[2]);
  const through = Array.from({ length: 17 }, (_, i) => Math.hypot(path[i * 2]! - 0, path[i * 2 + 1]! - 2));
  expect(Math.min(...through)).toBe(0);
  expect(energy).toBeLessThan(straightEnergy);
  expect(energy / energyTwin(path)).toBeCloseTo(1, 4); // float32 pictures
});

test("called off, it ends", async () => {
  const control = new AbortController();
  const refusal = refusalOf(survey.ask("geodesic", { codes: CODES, points: 300, label: 0 }, { model, signal: control.signal }));
  setTimeout(() => control.abort(new Error("enough")), 20);
  expect(await refusal).toBe("enough");
});

test.each([
  ["one code", { codes: [[0, 0]] }, /nothing between them/],
  ["codes of another width", { codes: [[0, 0], [1]] }, /has 1 numbers/],
  [
    "codes that are none",
    {
      codes: [
        [0, 0],
        [1, NaN],
      ],
    },
    /a code holds NaN/,
  ],
  ["fewer points than codes", { points: 2 }, /./],
  ["too many points", { points: 1e6 }, /512 at most/],
])("%s: refused", async (_, change, message) => {
  const refusal = await refusalOf(survey.ask("geodesic", { codes: CODES, points: 17, label: 0, ...change }, { model }));
  expect(refusal).toMatch(message);
  expect(refusal).not.toBe("no refusal at all");
});
