/**
 * Principal components of codes. The covariance is summed here, slice by slice, which a call over tens of thousands of codes could not
 * be; its eigenvectors are ml-pca's.
 */
import { PCA } from "ml-pca";
import type { Floats } from "../protocol/messages";
import type { PrincipalBasis } from "../protocol/survey";
import { countCodes } from "./codes-count";
import type { Handler } from "./question";
import type { Turn } from "./turns";

export const principal: Handler<"principal"> = async ({ codes, latentDim }, { turn }) => {
  const count = countCodes(codes, latentDim);
  if (count < 2) throw new RangeError("principal: one code has no directions");
  const mean = await meanOf(codes, latentDim, count, turn);
  const covariance = await covarianceOf(codes, mean, count, turn);
  const found = new PCA(covariance, { isCovarianceMatrix: true });
  const columns = found.getEigenvectors().to2DArray();
  const directions = new Float32Array(latentDim * latentDim);
  for (let component = 0; component < latentDim; component++) {
    const direction = columns.map((row) => row[component]!);
    const sign = signOf(direction);
    directions.set(
      direction.map((value) => value * sign),
      component * latentDim,
    );
  }
  // Rounding may leave a variance of nothing just below 0.
  const variances = Float32Array.from(found.getEigenvalues(), (value) => Math.max(0, value));
  return { mean: Float32Array.from(mean), directions, variances } satisfies PrincipalBasis;
};

async function meanOf(codes: Floats, latentDim: number, count: number, turn: Turn): Promise<Float64Array> {
  const mean = new Float64Array(latentDim);
  for (let i = 0; i < count; i++) {
    if (i % 256 === 0 && turn.isOver()) await turn.pass();
    for (let d = 0; d < latentDim; d++) mean[d]! += codes[i * latentDim + d]!;
  }
  return mean.map((sum) => sum / count);
}

/** Unbiased, `[latentDim][latentDim]`. */
async function covarianceOf(codes: Floats, mean: Float64Array, count: number, turn: Turn): Promise<number[][]> {
  const latentDim = mean.length;
  const sums = Array.from({ length: latentDim }, () => new Float64Array(latentDim));
  const offset = new Float64Array(latentDim);
  for (let i = 0; i < count; i++) {
    if (i % 32 === 0 && turn.isOver()) await turn.pass();
    for (let d = 0; d < latentDim; d++) offset[d] = codes[i * latentDim + d]! - mean[d]!;
    for (let d = 0; d < latentDim; d++) {
      const row = sums[d]!;
      const here = offset[d]!;
      for (let e = 0; e <= d; e++) row[e]! += here * offset[e]!;
    }
  }
  return sums.map((row, d) => Array.from(row, (_, e) => (e <= d ? row[e]! : sums[e]![d]!) / (count - 1)));
}

/** A direction is as good as its opposite: the one whose largest entry is positive is taken, so that a map does not flip over. */
function signOf(direction: readonly number[]): 1 | -1 {
  const largest = direction.reduce((most, value) => (Math.abs(value) > Math.abs(most) * (1 + 1e-9) ? value : most), 0);
  return largest < 0 ? -1 : 1;
}
