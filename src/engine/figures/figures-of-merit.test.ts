/** The figures of whole models: one with everything in closed form, and fakes that say what they were asked. */
import { describe, expect, test } from "vitest";
import { fillNormal } from "../../lib/random";
import { describeNetwork } from "../../model/network";
import { DATASETS } from "../../protocol/datasets";
import type { FiguresOfMerit } from "../../protocol/figures";
import type { Bytes } from "../../protocol/messages";
import { DEFAULT_CONFIG, POINT_DEFAULTS, type RunConfig } from "../../protocol/run-config";
import { FakeAdversarialTrainer, FakeClock, FakeTrainer } from "../../testing/fake-trainer";
import type { Images, Trainer, TrainerInputs } from "../trainer";
import { figuresOfMerit, possibleRequest, type FiguresInputs, type FiguresProgress } from "./figures-of-merit";
import { fixedDraws } from "./fixed-draws";

async function taken(inputs: FiguresInputs): Promise<{ readonly figures: FiguresOfMerit; readonly progress: FiguresProgress[] }> {
  const progress: FiguresProgress[] = [];
  const work = figuresOfMerit(inputs);
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- one piece after the other
    const { done, value } = await work.next();
    if (done === true) return { figures: value, progress };
    progress.push(value);
  }
}

const POINTS: RunConfig = { ...DEFAULT_CONFIG, ...POINT_DEFAULTS, data: "moons", latentDim: 1, sigma: 0.08 };

/**
 * Two coordinates, x | z ~ N(c + a z, σ² I), z ~ N(0, 1): then x ~ N(c, a aᵀ + σ² I), and the posterior is
 * N(aᵀ(x − c) / (|a|² + σ²), σ² / (|a|² + σ²)). The encoder's is twice as wide in variance. Source: Bishop 2006, section 2.3.3.
 */
const A = [0.15, 0.08] as const;
const C = 0.5;
const SQUARE = A[0] ** 2 + A[1] ** 2;
const NOISE = POINTS.sigma ** 2;

/** Points of that very model, as bytes; the class is the side of the line they come from. */
function pointImages(count: number, stream: number): Images {
  const draws = new Float32Array(3 * count);
  fillNormal({ seed: 6, stream }, 0, draws);
  const z = (i: number) => draws[3 * i]!;
  const coordinate = (i: number, d: 0 | 1) => C + A[d] * z(i) + POINTS.sigma * draws[3 * i + 1 + d]!;
  const pixels = Uint8Array.from({ length: 2 * count }, (_, i) =>
    Math.round(255 * Math.min(1, Math.max(0, coordinate(i >> 1, (i & 1) as 0 | 1)))),
  );
  return { pixels, count, labels: Uint8Array.from({ length: count }, (_, i) => (z(i) > 0 ? 1 : 0)) };
}

const offset = ({ pixels }: Images, image: number) => [pixels[2 * image]! / 255 - C, pixels[2 * image + 1]! / 255 - C] as const;

const closedForm = (config: RunConfig): Trainer => {
  const network = describeNetwork(config, DATASETS.moons.image);
  const fake = new FakeTrainer(fakeInputs(config), {
    clock: new FakeClock(),
    costs: { step: 0, snapshot: 0, evaluation: 0, checkpoint: 0, judgement: 0 },
    backend: "cpu",
    available: () => Infinity,
  });
  return Object.assign(fake, {
    encode: (images: Images) => {
      const along = (image: number) => (A[0] * offset(images, image)[0] + A[1] * offset(images, image)[1]) / (SQUARE + NOISE);
      const mean = Float32Array.from({ length: images.count }, (_, i) => along(i));
      const logVar = network.logVar === null ? null : mean.map(() => Math.log((2 * NOISE) / (SQUARE + NOISE)));
      return Promise.resolve({ mean, logVar });
    },
    decode: (z: Float32Array, count: number) =>
      Promise.resolve(Float32Array.from({ length: 2 * count }, (_, i) => C + A[(i & 1) as 0 | 1] * z[i >> 1]!)),
    judge: (images: Images, z: Float32Array) => {
      const loss = (i: number) => {
        const [x, y] = offset(images, i);
        return ((x - A[0] * z[i]!) ** 2 + (y - A[1] * z[i]!) ** 2) / (2 * NOISE) + Math.log(2 * Math.PI * NOISE);
      };
      return Promise.resolve(Float32Array.from({ length: images.count }, (_, i) => loss(i)));
    },
  });
};

/** log N(x; c, a aᵀ + σ² I), by the determinant and the inverse of the 2×2 matrix. */
function logEvidence({ pixels, count }: Images): number {
  const [p, q, r] = [A[0] ** 2 + NOISE, A[0] * A[1], A[1] ** 2 + NOISE];
  const determinant = p * r - q ** 2;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const [x, y] = [pixels[2 * i]! / 255 - C, pixels[2 * i + 1]! / 255 - C];
    sum -= (r * x ** 2 - 2 * q * x * y + p * y ** 2) / (2 * determinant) + Math.log(2 * Math.PI) + Math.log(determinant) / 2;
  }
  return sum / count;
}

describe("a model in closed form", () => {
  const heldOut = pointImages(1_200, 81);
  const training = pointImages(3_000, 82);
  const inputs = { config: POINTS, training, heldOut, classifier: null, request: { importanceSamples: 64, images: 1_000 } };

  test("has the bounds, moments and errors that it must have", async () => {
    const { figures } = await taken({ ...inputs, trainer: closedForm(POINTS) });
    const judged = { ...heldOut, pixels: heldOut.pixels.subarray(0, 2_000), count: 1_000 };
    const truth = logEvidence(judged);
    const { posterior, codes, baseline } = figures;
    // KL of N(m, 2v) from the true posterior N(m, v), the same for every image: ½ (2 − 1 − ln 2).
    const gap = (1 - Math.LN2) / 2;
    expect(figures).toMatchObject({ step: 0, images: 1_000, coverage: null });
    expect(posterior).toMatchObject({ isLikelihood: true, activeUnits: 1 });
    expect(Math.abs(posterior!.elbo - (truth - gap))).toBeLessThan(0.1); // one draw an image: about 0.03
    expect(posterior!.elbo).toBeCloseTo(-(posterior!.reconstruction + posterior!.kl), 10);
    expect(posterior!.kl).toBeCloseTo(posterior!.klPerDimension[0]!, 6);
    const bounds = posterior!.importance.map(({ bound }) => bound);
    expect(posterior!.importance.map(({ samples }) => samples)).toEqual([1, 8, 64]);
    expect(bounds).toEqual(bounds.toSorted((a, b) => a - b));
    expect(Math.abs(bounds[2]! - truth)).toBeLessThan(0.02);

    // x is spread as the model says, so that means are as wide as |a|² / (|a|² + σ²), and draws of the true posterior as the prior.
    expect(posterior!.meanVariance[0]).toBeCloseTo(SQUARE / (SQUARE + NOISE), 1);
    expect(posterior!.aggregateMean[0]).toBeCloseTo(0, 1);
    expect(posterior!.aggregateDeviation[0]).toBeCloseTo(Math.sqrt((SQUARE + 2 * NOISE) / (SQUARE + NOISE)), 1);
    expect(posterior!.mmd).toBeLessThan(0.02);
    expect(posterior!.mmdBandwidth).toBeCloseTo(Math.sqrt(2 * 0.4549), 1); // median of χ² with 1 degree of freedom

    // One principal component lies along a; what it leaves is the noise across it, where the model, shrunk to its prior, loses more.
    expect(baseline).toMatchObject({ components: 1, fittedImages: 3_000 });
    expect(baseline!.pcaSquaredError / NOISE).toBeCloseTo(1, 0);
    expect(baseline!.modelSquaredError).toBeGreaterThan(baseline!.pcaSquaredError);
    expect(baseline!.explainedVariance).toBeCloseTo((SQUARE + NOISE) / (SQUARE + 2 * NOISE), 1);
    expect(codes).toMatchObject({ neighbours: 5, referenceImages: 3_000 });
    // The sign of z read off its posterior mean is wrong with probability arctan(σ / |a|) / π, 14 %; 5 neighbours do worse by a little.
    expect(codes!.knnAccuracy).toBeGreaterThan(0.78);
    expect(codes!.knnAccuracy).toBeLessThan(0.92);
    expect(codes!.pixelKnnAccuracy).toBeGreaterThan(0.78);
  });

  test("is judged alike when asked again, and by other draws under another seed", async () => {
    const request = { importanceSamples: 2, images: 300 };
    const first = (await taken({ ...inputs, request, trainer: closedForm(POINTS) })).figures;
    expect((await taken({ ...inputs, request, trainer: closedForm(POINTS) })).figures).toEqual(first);
    const other = { ...POINTS, seed: 2 };
    expect((await taken({ ...inputs, request, config: other, trainer: closedForm(other) })).figures).not.toEqual(first);
  });

  test("tells how far it has come, and never more than all", async () => {
    // New images: of those above the components are known already.
    const { progress } = await taken({ ...inputs, training: pointImages(3_000, 86), trainer: closedForm(POINTS) });
    expect(progress.map(({ done }) => done)).toEqual(progress.map((_, i) => Math.min(i + 1, progress[0]!.total)));
    // Foretold to a few pieces.
    expect(Math.abs(progress.length - progress[0]!.total)).toBeLessThanOrEqual(3);
  });

  test("as an autoencoder has codes and a baseline, and no posterior", async () => {
    const config: RunConfig = { ...POINTS, model: "ae" };
    const { figures } = await taken({ ...inputs, config, trainer: closedForm(config) });
    expect(figures.posterior).toBeNull();
    expect([figures.codes, figures.baseline]).not.toContain(null);
  });
});

function fakeInputs(config: RunConfig): TrainerInputs {
  const network = describeNetwork(config, DATASETS.moons.image);
  return { config, network, weights: {}, training: { pixels: new Uint8Array(0) } };
}

describe("what a trainer is asked", () => {
  const heldOut = pointImages(30, 83);
  const training = pointImages(50, 84);

  const options = {
    clock: new FakeClock(),
    costs: { step: 0, snapshot: 0, evaluation: 0, checkpoint: 0, judgement: 0 },
    backend: "cpu",
    available: () => Infinity,
  } as const;

  test("a conditional model is told every label, and training images have noise of their own", async () => {
    const trainer = new FakeTrainer(fakeInputs({ ...POINTS, conditional: true }), options);
    const told: (Bytes | undefined)[] = [];
    const decode = trainer.decode.bind(trainer);
    trainer.decode = (z, count, labels) => {
      told.push(labels);
      return decode(z, count);
    };
    const request = { importanceSamples: 3, images: 20 };
    await taken({ config: POINTS, trainer, training, heldOut, classifier: null, request });
    const few = heldOut.labels!.subarray(0, 20);
    expect(trainer.encoded.map(({ labels }) => labels)).toEqual([few, training.labels]);
    expect(trainer.encoded[1]!.places).toEqual(Array.from({ length: 50 }, (_, i) => 20 + i));
    expect(trainer.judged.map(({ labels }) => labels)).toEqual([few, few, few]);
    expect(told).toEqual([few]);
  });

  test("a generator is judged by the classes of its fixed draws", async () => {
    const config: RunConfig = { ...DEFAULT_CONFIG, model: "gan", data: "mnist" };
    const trainer = new FakeAdversarialTrainer(fakeInputs(config), options);
    const asked: number[] = [];
    trainer.decode = (z, count) => {
      asked.push(...z);
      return Promise.resolve(new Float32Array(count * trainer.network.pixels));
    };
    let at = 0;
    const classify = (_: unknown, count: number) => Uint8Array.from({ length: count }, () => (at++ % 100 === 0 ? 7 : at % 3));
    const request = { importanceSamples: 1, images: 700 };
    const many = pointImages(700, 85);
    const inputs = { config, trainer, training, heldOut: many, request };
    const { figures } = await taken({ ...inputs, classifier: { accuracy: 0.97, heldOut: 1_000, classify } });
    expect(asked).toEqual([...fixedDraws(config.seed, config.latentDim, 700)]);
    expect(figures).toMatchObject({ images: 700, codes: null, posterior: null, baseline: null });
    expect(figures.coverage).toMatchObject({ draws: 700, covered: 4, classifierAccuracy: 0.97 });
    expect(figures.coverage!.counts.reduce((sum, count) => sum + count, 0)).toBe(700);
    expect(figures.coverage!.counts[7]).toBe(7); // one in a hundred just counts
    expect((await taken({ ...inputs, classifier: null })).figures.coverage).toBeNull();
  });
});

test.each([
  [
    { importanceSamples: 8, images: 500 },
    { importanceSamples: 8, images: 500 },
  ],
  [
    { importanceSamples: 1e9, images: 1e9 },
    { importanceSamples: 512, images: 1_000 },
  ],
  [
    { importanceSamples: -3, images: 0 },
    { importanceSamples: 1, images: 2 },
  ],
  [
    { importanceSamples: Number.NaN, images: Number.NaN },
    { importanceSamples: 1, images: 2 },
  ],
  [
    { importanceSamples: 7.6, images: 12.4 },
    { importanceSamples: 8, images: 12 },
  ],
])("a request for %o is made %o", (request, possible) => {
  expect(possibleRequest(request, 1_000)).toEqual(possible);
});
