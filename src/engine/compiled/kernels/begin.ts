/** The first dispatch of a step: its batch and its scalars, made on the GPU from the step's number. */
import { feistelHalfBits } from "../../../lib/random";
import { FIRST_EPOCH_BLOCK } from "../../../model/batch-order";
import { STREAMS } from "../../../model/streams";
import { CHUNK_IMAGES } from "../../../protocol/datasets";
import { stepsPerEpoch, type RunConfig } from "../../../protocol/run-config";
import { OPTIMISER_CONSTANTS } from "../../optimiser-constants";
import { declareBindings, type Kernel } from "../kernel";
import { fillTemplate } from "../template";
import source from "./begin.wgsl?raw";
import { ELEMENTARY_WGSL } from "./elementary";
import { RANDOM_WGSL } from "./random";
import { STATE_WGSL } from "./state";

const THREADS = 64;

/** log 0 is no number of WGSL; e to this power is 0 beside 1. */
const LEAST_LOG = -100;

export type BeginConfig = Pick<
  RunConfig,
  "trainSize" | "batchSize" | "optimiser" | "initialiser" | "adamBeta1" | "betaSchedule" | "scheduleSteps"
>;

/** Bindings: `state`, `order`. */
export function beginKernel(config: BeginConfig): Kernel {
  const { trainSize, batchSize, betaSchedule, scheduleSteps } = config;
  const chunks = Math.ceil(trainSize / CHUNK_IMAGES);
  const lastSize = trainSize - (chunks - 1) * CHUNK_IMAGES;
  const { decay2, epsilon } = OPTIMISER_CONSTANTS[config.initialiser].adam;
  const main = fillTemplate(source, {
    trainSize,
    trainHalfBits: feistelHalfBits(trainSize),
    chunkSize: CHUNK_IMAGES,
    chunkHalfBits: feistelHalfBits(CHUNK_IMAGES),
    lastChunk: chunks - 1,
    lastSize,
    lastHalfBits: feistelHalfBits(lastSize),
    firstEpochBlock: FIRST_EPOCH_BLOCK,
    stream: STREAMS.order,
    batchSize,
    stepsPerEpoch: stepsPerEpoch(config),
    adam: config.optimiser === "adam",
    keras: config.initialiser === "keras",
    linear: betaSchedule === "linear",
    cyclical: betaSchedule === "cyclical",
    scheduleSteps,
    log1: Math.max(LEAST_LOG, Math.log(config.adamBeta1)),
    log2: Math.log(decay2),
    epsilon,
  });
  const bindings = [
    { name: "state", access: "read_write" },
    { name: "order", access: "read_write" },
  ] as const;
  return {
    label: "begin step",
    code: [declareBindings(bindings, { state: "State", order: "array<u32>" }), STATE_WGSL, ELEMENTARY_WGSL, RANDOM_WGSL, main].join("\n"),
    bindings,
    grid: { x: Math.ceil(batchSize / THREADS), rowsPerImage: 0, rowsPerTile: 1 },
  };
}
