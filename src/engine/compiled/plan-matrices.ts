/** The matrices of parameters that a plan's layers have, and the buffers that hold them and the optimiser's slots. */
import { convMatrices } from "./kernels/conv-shape";
import { denseMatrix } from "./kernels/dense";
import type { PlanBuffers } from "./plan-buffers";
import { allLayers, type PlanLayer, type PlanLayers } from "./plan-layers";
import type { MatrixPlan } from "./plan";

/** One for most layers; weights and bias apart of a transposed convolution. */
export function matricesOf({ name, conv, specs, input, output }: PlanLayer): readonly MatrixPlan[] {
  return conv === null ? [denseMatrix({ name, layers: specs, input, output })] : convMatrices(conv);
}

/** All of a network's, with their buffers. */
export function addMatrices(layers: PlanLayers, slots: readonly string[], buffers: PlanBuffers): readonly MatrixPlan[] {
  const matrices = allLayers(layers).flatMap(matricesOf);
  for (const { name, rows, columns } of matrices) {
    for (const part of ["parameters", ...slots]) buffers.addFloats(`${name} ${part}`, [rows, columns], "state");
  }
  return matrices;
}

/** Buffers of a matrix by the names of an update's bindings. */
export function updateBindings({ name }: MatrixPlan, slots: readonly string[]): Record<string, string> {
  return Object.fromEntries(["parameters", ...slots].map((part) => [part, `${name} ${part}`]));
}

/** Buffers of a layer's parameters by the names of a product's bindings. */
export function parameterBindings(layer: PlanLayer): Record<string, string> {
  const [weights, bias] = matricesOf(layer);
  return { parameters: `${weights!.name} parameters`, ...(bias === undefined ? {} : { bias: `${bias.name} parameters` }) };
}
