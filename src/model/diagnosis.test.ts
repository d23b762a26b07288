/** Every measure against slow sums by other means, every verdict on both sides of its threshold, and silence before there is anything to measure. */
import { describe, expect, test } from "vitest";
import { appendRows, emptySeries } from "../lib/capped-series";
import { fillNormal } from "../lib/random";
import { lossTermsOf, type LossTerm } from "../protocol/loss-terms";
import { PRESETS, PRESET_IDS } from "../protocol/presets";
import { DEFAULT_CONFIG, type RunConfig } from "../protocol/run-config";
import { checksOf, diagnose, type Check, type Diagnosis } from "./diagnosis";
import { collapse, codeSpread, heads, klGradient, meanOfLast, slopeOfLast, type Evidence } from "./diagnosis-measures";

const normals = (count: number, block: number) => {
  const values = new Float32Array(count);
  fillNormal({ seed: 5, stream: 1 }, block, values);
  return values;
};

function evidence(config: Partial<RunConfig>, told: Partial<Evidence> = {}): Evidence {
  const whole = { ...DEFAULT_CONFIG, ...config };
  return {
    config: whole,
    pixels: 784,
    stepsPerEpoch: 10,
    floor: 45.7,
    losses: emptySeries(lossTermsOf(whole), 1000),
    snapshot: null,
    beta: whole.beta,
    activity: null,
    classes: 10,
    ...told,
  };
}

function losses(rows: number, value: (step: number, term: LossTerm) => number, terms = lossTermsOf(DEFAULT_CONFIG), cap = 1000) {
  const step = Float64Array.from({ length: rows }, (_, i) => i + 1);
  const columns = Object.fromEntries(terms.map((term) => [term, Array.from(step, (s) => value(s, term))])) as Record<LossTerm, number[]>;
  return appendRows(emptySeries(terms, cap), { step, ...columns });
}

const posterior = (posteriorMean: Float32Array<ArrayBuffer>, posteriorLogVar: Float32Array<ArrayBuffer> | null, step = 100) => ({
  step,
  posteriorMean,
  posteriorLogVar,
  adversarial: null,
});

const of = <Id extends Check>(told: Evidence, check: Id) =>
  diagnose(told).find((each) => each.check === check) as Extract<Diagnosis, { check: Id }>;

test.each(PRESET_IDS)("%s: every check waits while nothing is told", (id) => {
  const checks = checksOf(PRESETS[id]);
  expect(checks.length).toBeGreaterThan(0);
  const diagnoses = diagnose(evidence(PRESETS[id]));
  expect(diagnoses.map(({ check }) => check)).toEqual(checks);
  for (const { verdict, measure } of diagnoses) expect([verdict, measure]).toEqual(["pending", null]);
});

describe("a KL without gradient", () => {
  const z = normals(7 * 3, 0);
  const config = { model: "ae", latentDim: 3, beta: 1.5 } as const;
  const told = { snapshot: posterior(z, null), losses: losses(30, (s, term) => (term === "kl" ? s : 100)) };

  const term = (row: number, d: number, shift: number) =>
    [0, 1, 2].reduce((sum, k) => sum + 1.5 * 0.5 * (z[row * 3 + k]! + (k === d ? shift : 0)) ** 2, 0);
  test("its length with one is that of central differences of β·½Σz²", () => {
    let lengths = 0;
    for (let row = 0; row < 7; row++) {
      const gradient = [0, 1, 2].map((d) => (term(row, d, 1e-4) - term(row, d, -1e-4)) / 2e-4);
      lengths += Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0)) / 7;
    }
    const measure = klGradient(evidence({ ...config, mistake: "detached-kl" }, told))!;
    expect(measure.ofTerm).toBeCloseTo(lengths, 5); // float32 codes
    expect(measure).toMatchObject({ images: 7, inObjective: 0, first: 1, last: 25.5 });
    expect(of(evidence({ ...config, mistake: "detached-kl" }, told), "kl-gradient").verdict).toBe("found");
  });

  test("is told of no objective whose gradient knows it", () => {
    const measure = klGradient(evidence(config, told))!;
    expect(measure.inObjective).toBe(measure.ofTerm);
    expect(checksOf({ ...DEFAULT_CONFIG, ...config })).not.toContain("kl-gradient");
  });
});

const falling = (s: number, term: LossTerm) => (term === "reconstruction" ? 50 : term === "kl" ? 3 - 0.25 * s : 53 - 0.25 * s);

describe("an objective without a lower bound", () => {
  const config = { model: "ae", mistake: "code-mean", reconstruction: "mse" } as const;
  test("is known by its slope, which a line has exactly, merged rows or not", () => {
    for (const cap of [1000, 16]) {
      const series = losses(40, falling, lossTermsOf(DEFAULT_CONFIG), cap);
      expect(slopeOfLast(series, "kl", 10)).toBeCloseTo(-0.25, 6);
      expect(slopeOfLast(series, "reconstruction", 10)).toBeCloseTo(0, 9);
    }
  });

  test("a row of several steps stands in their middle", () => {
    const columns = { kl: Float32Array.of(2.5, 6.5, 9), reconstruction: new Float32Array(3), objective: new Float32Array(3) };
    const series = { length: 3, cap: 8, stride: 4, step: Float64Array.of(4, 8, 9), count: Float64Array.of(4, 4, 1), columns };
    expect(slopeOfLast(series as unknown as Parameters<typeof slopeOfLast>[0], "kl", 100)).toBeCloseTo(1, 9);
  });

  test("its slope is the least-squares one: no other line is nearer", () => {
    const noise = normals(40, 3);
    const series = losses(40, (s) => noise[s - 1]!);
    const rows = Array.from({ length: 10 }, (_, i) => 31 + i);
    const error = (slope: number) => {
      const rest = rows.map((s) => noise[s - 1]! - slope * s);
      const mean = rest.reduce((a, b) => a + b) / 10;
      return rest.reduce((sum, r) => sum + (r - mean) ** 2, 0);
    };
    const slope = slopeOfLast(series, "kl", 10);
    expect(error(slope)).toBeLessThan(error(slope + 1e-3));
    expect(error(slope)).toBeLessThan(error(slope - 1e-3));
    expect(meanOfLast(series, "kl", 10)).toBeCloseTo(rows.reduce((sum, s) => sum + noise[s - 1]!, 0) / 10, 6);
  });

  const verdict = (rows: number, value = falling) => of(evidence(config, { losses: losses(rows, value) }), "lower-bound").verdict;

  test("is found once the mean of the code is below 0 and falling, not before an epoch", () => {
    expect(verdict(9)).toBe("pending");
    expect(verdict(12)).toBe("clear"); // still above 0
    expect(verdict(40)).toBe("found");
    expect(verdict(40, () => 4)).toBe("clear");
  });
});

const relu = (values: Float32Array<ArrayBuffer>) => values.map((v) => Math.max(v, 0));

const headsVerdict = (m: Float32Array<ArrayBuffer>, v: Float32Array<ArrayBuffer>) =>
  of(evidence({}, { snapshot: posterior(m, v) }), "heads").verdict;

describe("heads", () => {
  const mean = normals(50, 1);
  const logVar = normals(50, 2);

  test("are told by their least σ and their signs, counted one by one", () => {
    const measure = heads(evidence({}, { snapshot: posterior(mean, logVar) }))!;
    const sigmas = [...logVar].map((v) => Math.sqrt(Math.exp(v)));
    expect(measure.leastSigma).toBeCloseTo(Math.min(...sigmas), 6);
    expect(measure.images).toBe(25);
    expect(measure.negativeMeans).toBeCloseTo([...mean].filter((v) => v < 0).length / 50, 9);
    expect(measure.sigmasBelow1).toBeCloseTo(sigmas.filter((v) => v < 1).length / 50, 9);
  });

  test("are amiss when no σ is below 1 and no mean below 0", () => {
    expect(headsVerdict(relu(mean), relu(logVar))).toBe("found");
    expect(headsVerdict(relu(mean), logVar)).toBe("clear");
    expect(headsVerdict(mean, relu(logVar))).toBe("clear");
  });
});

const progressAt = (nats: number, step: number) =>
  of(evidence({}, { losses: losses(20, () => nats), snapshot: posterior(normals(4, 0), null, step) }), "progress");

test("progress runs from one bit a pixel to the floor, and is slow only after 200 steps", () => {
  expect(progressAt(784 * Math.LN2, 300).measure).toMatchObject({
    bitsPerPixel: expect.closeTo(1, 6) as number,
    shareOfWay: expect.closeTo(0, 6) as number,
  });
  expect(progressAt(45.7, 300).measure!.shareOfWay).toBeCloseTo(1, 6);
  expect([progressAt(530, 100), progressAt(530, 300), progressAt(200, 300), progressAt(200, 100)].map(({ verdict }) => verdict)).toEqual([
    "pending",
    "found",
    "clear",
    "clear",
  ]);
});

test("the spread of codes is that of the textbook, and a constant dimension is seen", () => {
  const codes = normals(20 * 2, 4).map((v, i) => (i % 2 === 0 ? 1000 : v));
  const measure = codeSpread(evidence({}, { snapshot: posterior(codes, null) }))!;
  const column = [...codes].filter((_, i) => i % 2 === 1);
  const mean = column.reduce((a, b) => a + b) / 20;
  expect(measure).toMatchObject({ images: 20, dimensions: 2, constant: 1, narrowest: 0 });
  expect(measure.widest).toBeCloseTo(Math.sqrt(column.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 20), 6);
});

/** KL(N(mean, σ²) ‖ N(0, 1)) by summing q·log(q/p) over a fine grid. */
function klByGrid(mean: number, sigma: number): number {
  const width = 1e-3;
  let sum = 0;
  for (let z = mean - 12 * sigma; z < mean + 12 * sigma; z += width * sigma) {
    const logQ = -0.5 * ((z - mean) / sigma) ** 2 - Math.log(sigma);
    sum += Math.exp(logQ) * (logQ + 0.5 * z * z) * width * sigma;
  }
  return sum / Math.sqrt(2 * Math.PI);
}

describe("posterior collapse", () => {
  const mean = Float32Array.of(1.5, 0.01, -0.5, -0.02);
  const logVar = Float32Array.of(-2, 0.01, -1, 0);

  test("is measured by the KL of each dimension", () => {
    const measure = collapse(evidence({}, { snapshot: posterior(mean, logVar) }))!;
    expect(measure).toMatchObject({ images: 2, dimensions: 2, collapsed: 1 });
    expect(measure.most).toBeCloseTo((klByGrid(1.5, Math.exp(-1)) + klByGrid(-0.5, Math.exp(-0.5))) / 2, 5);
    expect(measure.least).toBeCloseTo((klByGrid(0.01, Math.exp(0.005)) + klByGrid(-0.02, 1)) / 2, 5);
  });

  const verdict = (step: number) => of(evidence({}, { snapshot: posterior(mean, logVar, step) }), "collapse").verdict;

  test("is no fault in the first epoch", () => {
    expect([verdict(9), verdict(10)]).toEqual(["pending", "found"]);
  });
});

const scores = (sure: number, sign: number) => Float32Array.from({ length: 100 }, (_, i) => (i < sure ? sign * 4.7 : 0)); // σ(4.7) = 0.991

const game = (realSure: number, fakeSure: number, drawClasses: Uint8Array<ArrayBuffer> | null) =>
  evidence(
    { model: "gan" },
    {
      snapshot: {
        ...posterior(new Float32Array(), null),
        adversarial: {
          draws: new Float32Array(),
          drawClasses,
          classifierAccuracy: null,
          realScores: scores(realSure, 1),
          fakeScores: scores(fakeSure, -1),
        },
      },
    },
  );

describe("a GAN", () => {
  test("is saturated when its discriminator is sure of both sides", () => {
    expect(of(game(95, 97, null), "saturation")).toMatchObject({
      verdict: "found",
      measure: { surelyReal: 0.95, surelyFake: 0.97, images: 100 },
    });
    expect(of(game(95, 40, null), "saturation").verdict).toBe("clear");
  });

  test("covers the classes that get a hundredth of the draws", () => {
    const draws = Uint8Array.from({ length: 1000 }, (_, i) => (i < 10 ? 3 : i < 19 ? 4 : 7));
    expect(of(game(0, 0, draws), "coverage")).toMatchObject({
      verdict: "found",
      measure: { draws: 1000, classes: 10, covered: 2, commonest: 7, commonestShare: 0.981 },
    });
    expect(
      of(
        game(
          0,
          0,
          Uint8Array.from({ length: 1000 }, (_, i) => i % 9),
        ),
        "coverage",
      ),
    ).toMatchObject({ verdict: "clear", measure: { covered: 9 } });
    expect(of(game(0, 0, null), "coverage").verdict).toBe("pending");
  });
});

const layer = (number: number, dead: number) => ({ side: "encoder", number, units: 16, dead }) as const;

test("dead units are judged by the layer that has most of them, pixels by their range", () => {
  const told = (layers: ReturnType<typeof layer>[], below0: number) =>
    evidence(
      { outputActivation: "tanh", reconstruction: "mse" },
      { activity: { images: 500, layers, output: { least: -0.2, greatest: 1, below0, above1: 0 } } },
    );
  expect(of(told([layer(1, 7), layer(2, 8)], 0.02), "dead-units")).toMatchObject({
    verdict: "found",
    measure: { worst: layer(2, 8), images: 500 },
  });
  expect(of(told([layer(1, 7), layer(2, 6)], 0.02), "dead-units").verdict).toBe("clear");
  expect([of(told([], 0.02), "output-range").verdict, of(told([], 0.005), "output-range").verdict]).toEqual(["found", "clear"]);
});
