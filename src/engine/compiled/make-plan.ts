/**
 * From a config to its plan: a pure function that knows no device but its limits.
 * The parts are in `plan-*.ts`: layers and their padding, matrices, the step, the
 * passes outside training.
 */
import type { Network } from "../../model/network";
import type { RunConfig } from "../../protocol/run-config";
import { SLOT_NAMES } from "../optimiser-constants";
import { METRICS_BYTES, RING } from "./kernels/finish";
import { STATE_BYTES } from "./kernels/state";
import { PlanBuffers } from "./plan-buffers";
import { inferenceBytesPerImage, planInference } from "./plan-inference";
import { imageBytes, type PlanContext } from "./plan-kernels";
import { planLayers, type PlanLayers } from "./plan-layers";
import { checkLimits, fitsGrids, type PlanLimits } from "./plan-limits";
import { addMatrices } from "./plan-matrices";
import { planTraining } from "./plan-training";
import type { CompiledPlan } from "./plan";
import type { Tuning } from "./tuning-choice";

export interface PlanInputs {
  /** One without issues. */
  readonly config: RunConfig;
  readonly network: Network;
  /** Of the device, or `FLOOR_LIMITS`. */
  readonly limits: PlanLimits;
  readonly tuning: Tuning;
}

/** @throws NotCompilable when the device cannot hold or run it */
export function makePlan(inputs: PlanInputs): CompiledPlan {
  const { config, network, limits } = inputs;
  const layers = planLayers(network);
  let pieceSize = pieceSizeFor({ config, layers }, imageBytes(network));
  let plan = planFor(inputs, layers, pieceSize);
  // Large images in small tiles: fewer at a time.
  while (pieceSize > 1 && !fitsGrids(plan, limits)) {
    pieceSize /= 2;
    plan = planFor(inputs, layers, pieceSize);
  }
  checkLimits(plan, limits);
  return plan;
}

/** Fills a GPU with work; a larger piece only takes longer, and what a pointer asks for waits behind it. */
const MOST_IMAGES = 512;
/** Buffers of these passes, all together: no more than the largest single matrix, 4,097 × 4,096 float32. */
const PIECE_BYTES = 2 ** 26;

/** A power of two. */
function pieceSizeFor(context: Pick<PlanContext, "config" | "layers">, bytesOfImage: number): number {
  const fitting = PIECE_BYTES / inferenceBytesPerImage(context, bytesOfImage);
  return Math.min(MOST_IMAGES, 2 ** Math.max(0, Math.floor(Math.log2(fitting))));
}

function planFor({ config, network, tuning }: PlanInputs, layers: PlanLayers, pieceSize: number): CompiledPlan {
  const buffers = new PlanBuffers();
  const context = { config, network, layers, tuning, buffers };
  const slots = SLOT_NAMES[config.optimiser];
  const rowBytes = imageBytes(network);
  buffers.add("images", config.trainSize * rowBytes, "state", `[${config.trainSize}][${rowBytes}] bytes`);
  if (network.classes > 0) buffers.add("labels", 4 * config.trainSize, "state", `[${config.trainSize}] u32, classes`);
  buffers.add("state", STATE_BYTES, "state", "step, seed, rates");
  buffers.add("metrics", RING * METRICS_BYTES, "state", `[${RING}] steps: reconstruction, KL, penalty, step`);
  const matrices = addMatrices(layers, slots, buffers);
  const training = planTraining(context);
  const inference = planInference({ ...context, pieceSize });
  return {
    batchSize: config.batchSize,
    pieceSize,
    imageBytes: rowBytes,
    heads: layers.heads.output,
    code: layers.code,
    pixels: layers.decoder.at(-1)!.output,
    buffers: buffers.all,
    matrices,
    slots,
    training,
    ...inference,
  };
}
