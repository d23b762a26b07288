/**
 * Holds a plan to what a device can do, and says in words what is too large. Memory
 * that is not there shows only when the buffers are made.
 */
import { MAX_BINDINGS, workgroups } from "./kernel";
import { NotCompilable, type CompiledPlan, type DispatchPlan, type PassPlan } from "./plan";

/** The part of `GPUSupportedLimits` that a plan depends on. */
export interface PlanLimits {
  readonly maxBufferSize: number;
  readonly maxStorageBufferBindingSize: number;
  readonly maxComputeWorkgroupsPerDimension: number;
}

/** What every WebGPU device offers. Source: WebGPU, W3C Candidate Recommendation, section 3.6.2. */
export const FLOOR_LIMITS: PlanLimits = {
  maxBufferSize: 2 ** 28,
  maxStorageBufferBindingSize: 2 ** 27,
  maxComputeWorkgroupsPerDimension: 65_535,
};

/** @throws NotCompilable with the first thing that the device cannot do */
export function checkLimits(plan: CompiledPlan, limits: PlanLimits): void {
  checkBuffers(plan, limits);
  checkPass(plan.training, plan.batchSize, limits);
  for (const pass of outsideTraining(plan)) checkPass(pass, plan.pieceSize, limits);
}

/** Whether the passes outside training run a whole piece at once. */
export function fitsGrids(plan: CompiledPlan, limits: PlanLimits): boolean {
  const most = limits.maxComputeWorkgroupsPerDimension;
  return outsideTraining(plan).every(({ dispatches }) => dispatches.every((dispatch) => longestSide(dispatch, plan.pieceSize) <= most));
}

function outsideTraining({ encode, decode, reconstruct, evaluate, judge }: CompiledPlan): readonly PassPlan[] {
  return [encode, decode, reconstruct, evaluate, judge];
}

/** Of a dispatch's grid. */
function longestSide({ kernel }: DispatchPlan, images: number): number {
  return Math.max(...workgroups(kernel.grid, images));
}

function checkBuffers({ buffers }: CompiledPlan, { maxBufferSize, maxStorageBufferBindingSize }: PlanLimits): void {
  const most = Math.min(maxBufferSize, maxStorageBufferBindingSize);
  for (const { name, bytes, holds } of buffers) {
    if (bytes > most)
      throw new NotCompilable(`${name}, ${holds}, takes ${mebibytes(bytes)} MiB; this GPU binds ${mebibytes(most)} MiB at most`);
  }
}

function checkPass({ dispatches }: PassPlan, images: number, { maxComputeWorkgroupsPerDimension: most }: PlanLimits): void {
  for (const dispatch of dispatches) {
    const { label, kernel } = dispatch;
    if (kernel.bindings.length > MAX_BINDINGS) {
      throw new NotCompilable(`${label} binds ${kernel.bindings.length} buffers; ${MAX_BINDINGS} are what every GPU can bind`);
    }
    const needed = longestSide(dispatch, images);
    if (needed > most) throw new NotCompilable(`${label} takes ${needed} workgroups in a row; this GPU runs ${most} at most`);
  }
}

function mebibytes(bytes: number): string {
  return (bytes / 2 ** 20).toLocaleString("en", { maximumFractionDigits: 1 });
}
