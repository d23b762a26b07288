/** From the posterior's two heads to a code: drawn in training and evaluation, the mean itself in a reconstruction. */
import { LOG_VAR_RANGE } from "../../../model/forward";
import { STREAMS } from "../../../model/streams";
import { declareBindings, padded, type Kernel, type KernelBinding } from "../kernel";
import { fillTemplate } from "../template";
import { maskCode } from "./epilogue";
import { RANDOM_WGSL } from "./random";
import source from "./sample.wgsl?raw";
import { STATE_WGSL } from "./state";

const THREADS = 64;

/**
 * `training`: the step's noise. `evaluation`: noise of the image's place, the same at every evaluation. `mean`: z = μ. An
 * autoencoder's code is its one head's output and needs no kernel.
 */
export type SampleVariant = "training" | "evaluation" | "mean";

/**
 * Bindings: `heads`, `state` (`state` in training; `piece state` in evaluation, and `places`), `z`, `kls` (`[rows][padded(latentDim) / 4]`)
 * or, by dimension, `klTerms` (`[rows][padded(latentDim)]`); of `mean` only `heads` and `z`.
 *
 * @param byDimension the KL of each latent dimension rather than of four together
 * @param rows images at most
 */
export function sampleKernel({
  rows,
  latentDim,
  variant,
  byDimension = false,
}: {
  readonly rows: number;
  readonly latentDim: number;
  readonly variant: SampleVariant;
  readonly byDimension?: boolean;
}): Kernel {
  const stride = padded(latentDim);
  const quads = stride / 4;
  const draws = variant !== "mean";
  const training = variant === "training";
  const main = fillTemplate(source, {
    draws,
    training,
    byDimension,
    threads: THREADS,
    quads,
    quadsOfAll: rows * quads,
    latentDim,
    stream: training ? STREAMS.trainingNoise : STREAMS.evaluationNoise,
    least: LOG_VAR_RANGE.min,
    most: LOG_VAR_RANGE.max,
  });
  const bindings: KernelBinding[] = [{ name: "heads", access: "read" }];
  if (draws) bindings.push({ name: "state", access: "read" });
  if (variant === "evaluation") bindings.push({ name: "places", access: "read" });
  bindings.push({ name: "z", access: "read_write" });
  if (draws) bindings.push({ name: byDimension ? "klTerms" : "kls", access: "read_write" });
  const types = {
    heads: "array<vec4f>",
    state: training ? "State" : "PieceState",
    places: "array<u32>",
    z: "array<vec4f>",
    kls: "array<f32>",
    klTerms: "array<vec4f>",
  };
  const snippets = draws ? [STATE_WGSL, RANDOM_WGSL] : [];
  return {
    label: `sample ${variant}${draws && byDimension ? " by dimension" : ""}`,
    code: [declareBindings(bindings, types), ...snippets, maskCode({ size: latentDim, stride }), main].join("\n"),
    bindings,
    grid: { x: 1, rowsPerImage: quads, rowsPerTile: THREADS },
  };
}
