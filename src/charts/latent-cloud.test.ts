/** Which numbers of a posterior become which coordinates. */
import { expect, test } from "vitest";
import { laneCentre, layoutCloud } from "./latent-cloud";

const mean = Float32Array.of(1, 2, 3, 4, 5, 6); // 2 points in 3 dimensions
const logVar = Float32Array.of(0, Math.log(4), 0, Math.log(9), 0, Math.log(0.25));
const labels = [1, 0];

test("the plane shows the two axes chosen, in that order", () => {
  const cloud = layoutCloud({ mean, logVar, latentDim: 3 }, [2, 0], labels, 2);
  expect(cloud.kind).toBe("plane");
  expect([...cloud.positions]).toEqual([3, 1, 6, 4]);
});

test("spreads are standard deviations, not variances, of the shown axes", () => {
  const { spreads } = layoutCloud({ mean, logVar, latentDim: 3 }, [1, 0], labels, 2);
  const sigmas = [2, 1, 1, 3]; // of z₂ and z₁: point 0, then point 1
  spreads!.forEach((sigma, i) => expect(sigma).toBeCloseTo(sigmas[i]!, 6));
});

test("an autoencoder has no spreads", () => {
  expect(layoutCloud({ mean, logVar: null, latentDim: 3 }, [0, 1], labels, 2).spreads).toBeNull();
});

test("on a line every point stays in its class's lane, and no two of a class in the same spot", () => {
  const many = Array.from({ length: 400 }, (_, i) => i % 4);
  const cloud = layoutCloud({ mean: new Float32Array(400), logVar: new Float32Array(400), latentDim: 1 }, [0, 0], many, 4);
  expect(cloud.kind).toBe("line");
  many.forEach((label, i) => expect(Math.abs(cloud.positions[i * 2 + 1]! - laneCentre(label, 4))).toBeLessThan(0.125));
  expect(new Set(cloud.positions.filter((_, i) => i % 2 === 1)).size).toBe(400);
  expect(cloud.spreads![1]).toBe(0);
});

test("points without a label are left out", () => {
  expect(layoutCloud({ mean, logVar, latentDim: 3 }, [0, 1], [7], 10).positions).toHaveLength(2);
});
