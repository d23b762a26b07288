import { expect, test } from "vitest";
import { fillNormal } from "../../lib/random";
import { boundOf, drawPosteriors, samplesTold, StreamedLogMeanExp } from "./importance";

/** log N(x; mean, variance), from the density itself. */
const logNormal = (x: number, mean: number, variance: number) =>
  Math.log(Math.exp(-((x - mean) ** 2) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance));

function normals(count: number, stream: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(count);
  fillNormal({ seed: 7, stream }, 0, out);
  return out;
}

test.each([
  ["numbers of everyday size", [-1.5, 0.25, 2, -3, 1]],
  ["numbers whose exponentials overflow", [710, 1_000, 999, 400]],
  ["numbers whose exponentials vanish", [-1_000, -1_001, -800.5, -999]],
  ["rising and falling", [-90, -80, -85, -70, -100]],
])("a streamed log-mean-exp of %s is the one of all at once", (_, values) => {
  const streamed = new StreamedLogMeanExp(2);
  values.forEach((value) => streamed.add(0, value));
  values.toReversed().forEach((value) => streamed.add(1, value - 5));
  const largest = Math.max(...values);
  const mean = values.reduce((sum, value) => sum + Math.exp(value - largest), 0) / values.length;
  const wanted = largest + Math.log(mean);
  const [first, second] = streamed.values();
  expect(first).toBeCloseTo(wanted, 10);
  expect(second).toBeCloseTo(wanted - 5, 10);
});

test("log p(z) − log q(z|x) is that of the densities", () => {
  const mean = Float32Array.from([0.5, -1, 2, 0.1, 0, -0.4]);
  const logVar = Float32Array.from([0.3, -2, 0, 1, -0.5, 0.2]);
  const { z, logRatio } = drawPosteriors(3, 5, { mean, logVar, latentDim: 2, first: 10 });
  for (let image = 0; image < 3; image++) {
    let wanted = 0;
    for (const i of [2 * image, 2 * image + 1]) wanted += logNormal(z[i]!, 0, 1) - logNormal(z[i]!, mean[i]!, Math.exp(logVar[i]!));
    expect(logRatio[image]).toBeCloseTo(wanted, 5); // z is a float32: (z − mean) / σ is ε up to rounding
  }
});

test("an image's draws are those of its place, whatever stretch it stands in, and differ from draw to draw", () => {
  const mean = new Float32Array(6);
  const logVar = new Float32Array(6);
  const whole = drawPosteriors(1, 4, { mean, logVar, latentDim: 3, first: 7 });
  const second = drawPosteriors(1, 4, { mean: mean.slice(3), logVar: logVar.slice(3), latentDim: 3, first: 8 });
  expect(second.z).toEqual(whole.z.slice(3));
  expect(drawPosteriors(1, 5, { mean, logVar, latentDim: 3, first: 7 }).z).not.toEqual(whole.z);
});

test("bounds are told for the usual numbers of samples below the one asked for, and for that one", () => {
  expect(samplesTold(1)).toEqual([1]);
  expect(samplesTold(8)).toEqual([1, 8]);
  expect(samplesTold(100)).toEqual([1, 8, 64, 100]);
  expect(samplesTold(512)).toEqual([1, 8, 64, 512]);
});

test("the standard error is that of a mean", () => {
  const { bound, standardError } = boundOf(1, Float64Array.from([1, 3, 5, 7]));
  expect(bound).toBe(4);
  expect(standardError).toBeCloseTo(Math.sqrt(20 / 3 / 4), 12); // sample variance 20/3, of 4 images
});

/**
 * z ~ N(0, 1), x | z ~ N(a z, s²): then x ~ N(0, a² + s²), and the posterior is N(a x / (a² + s²), s² / (a² + s²)).
 * Source: Bishop 2006, section 2.3.3.
 */
const [a, s] = [1.3, 0.6];
const evidence = (x: number) => logNormal(x, 0, a ** 2 + s ** 2);
const IMAGES = 400;
const xs = normals(IMAGES, 90).map((value) => Math.sqrt(a ** 2 + s ** 2) * value);
const truth = xs.reduce((sum, x) => sum + evidence(x), 0) / IMAGES;

function boundsWith(posteriorMean: (x: number) => number, posteriorVariance: number, samples: number) {
  const mean = xs.map(posteriorMean);
  const logVar = new Float32Array(IMAGES).fill(Math.log(posteriorVariance));
  const estimate = new StreamedLogMeanExp(IMAGES);
  const told = samplesTold(samples);
  const bounds: ReturnType<typeof boundOf>[] = [];
  for (let draw = 0; draw < samples; draw++) {
    const { z, logRatio } = drawPosteriors(11, draw, { mean, logVar, latentDim: 1, first: 0 });
    xs.forEach((x, i) => estimate.add(i, logNormal(x, a * z[i]!, s ** 2) + logRatio[i]!));
    if (told.includes(draw + 1)) bounds.push(boundOf(draw + 1, estimate.values()));
  }
  return bounds;
}

test("with the true posterior every weight is p(x): one sample gives log p(x) itself", () => {
  const exact = boundsWith((x) => (a * x) / (a ** 2 + s ** 2), s ** 2 / (a ** 2 + s ** 2), 8);
  for (const { bound } of exact) expect(bound).toBeCloseTo(truth, 5);
});

test("with another posterior the bound rises with k, from the ELBO to log p(x)", () => {
  const [mean, variance] = [(x: number) => 0.3 * x, 0.5];
  const bounds = boundsWith(mean, variance, 512);
  expect(bounds.map(({ samples }) => samples)).toEqual([1, 8, 64, 512]);
  const values = bounds.map(({ bound }) => bound);
  expect(values).toEqual(values.toSorted((left, right) => left - right));
  // log p(x) less the KL of this posterior from the true one, in closed form.
  const trueVariance = s ** 2 / (a ** 2 + s ** 2);
  const kl = (x: number) => {
    const gap = mean(x) - (a * x) / (a ** 2 + s ** 2);
    return (variance / trueVariance + gap ** 2 / trueVariance - 1 + Math.log(trueVariance / variance)) / 2;
  };
  const elbo = xs.reduce((sum, x) => sum + evidence(x) - kl(x), 0) / IMAGES;
  // One draw for each of 400 images scatters by about 0.06; four times that.
  expect(Math.abs(values[0]! - elbo)).toBeLessThan(0.25);
  expect(elbo).toBeLessThan(truth - 0.3);
  expect(Math.abs(values[3]! - truth)).toBeLessThan(0.01);
});
