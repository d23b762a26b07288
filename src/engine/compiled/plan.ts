/**
 * A training step as data: which buffers there are, which kernels run over them in
 * which order, and where each parameter lies. Made by `make-plan.ts` from a config
 * alone, printed by `describe-plan.ts`, carried out by `executor.ts`.
 */
import type { Kernel } from "./kernel";

/** `state`: kept from step to step. `step`: every step writes it before it reads it. `inference`: as `step`, of the passes outside training. */
export type Lifetime = "state" | "step" | "inference";

export interface BufferPlan {
  /** Unique in the plan: `encoder.0 parameters`, `decoder.0 y`, `images`. */
  readonly name: string;
  readonly bytes: number;
  readonly lifetime: Lifetime;
  /** What it holds, with its shape: `[128][400] float32`. */
  readonly holds: string;
}

export interface DispatchPlan {
  /** Unique in its pass: `encoder.0 forward`. */
  readonly label: string;
  readonly kernel: Kernel;
  /** Buffer name of each of the kernel's bindings, in their order. */
  readonly buffers: readonly string[];
}

/** Where the parameters of one layer lie on the GPU; a transposed convolution has two of these. */
export interface MatrixPlan {
  /** Layer's name; `heads` for mean and log-variance side by side; `<layer> bias` for a transposed convolution's. */
  readonly name: string;
  /** Of the matrix in the buffer, all rows counted, the bias row and rows of padding too. */
  readonly rows: number;
  /** Padded. */
  readonly columns: number;
  readonly places: readonly ParameterPlace[];
}

/**
 * One parameter of the network's table, flattened to `[rows][columns]` (all axes but the last are rows; a bias has one row),
 * inside its layer's matrix: element (r, c) is at row `firstRow + spread(r, rowGroup)`, column `firstColumn + spread(c, columnGroup)`,
 * where `spread(i, { size, stride }) = floor(i / size) · stride + i % size`: how channels padded to fours move what follows.
 */
export interface ParameterPlace {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly firstRow: number;
  readonly firstColumn: number;
  readonly rowGroup: Group;
  readonly columnGroup: Group;
}

/** Padded numbers: number c of a row is real iff `c % stride < size`, else 0. */
export interface Group {
  readonly size: number;
  readonly stride: number;
}

/** How the numbers of one image lie in an activation `[images][columns]`. */
export interface RowLayout {
  /** Floats of a row, padding and all; a multiple of 4. */
  readonly columns: number;
  readonly group: Group;
}

/** Dispatches in their order, over a batch in training and up to `pieceSize` images outside it. */
export interface PassPlan {
  readonly dispatches: readonly DispatchPlan[];
}

export interface CompiledPlan {
  readonly batchSize: number;
  /** Images that the passes outside training take at a time. */
  readonly pieceSize: number;
  /** Rows of `piece images`: bytes, padded to a multiple of 4. */
  readonly imageBytes: number;
  /** Rows of `piece heads`: the mean, beside it the log-variance of a VAE; of `piece z`; of `piece pixels`. */
  readonly heads: RowLayout;
  readonly code: RowLayout;
  readonly pixels: RowLayout;
  readonly buffers: readonly BufferPlan[];
  /** In the order of the layers, the two heads together; the buffers of one are `<name> parameters` and `<name> <slot>`. */
  readonly matrices: readonly MatrixPlan[];
  /** Names of optimiser slots, as in a checkpoint. */
  readonly slots: readonly string[];
  /** One optimiser step. */
  readonly training: PassPlan;
  /**
   * Outside training, over up to `pieceSize` images. `encode`: `piece images` → `piece heads`. `decode`: `piece z` → `piece pixels`.
   * `reconstruct`: encode, the means decoded, → `piece pixels`, `piece image losses`. `evaluate`: encode, z drawn with the evaluation noise
   * of `piece places`, → `piece image losses`, `piece image kls` or `piece kl terms`. `judge`: `piece images`, `piece z` → `piece image losses`.
   */
  readonly encode: PassPlan;
  readonly decode: PassPlan;
  readonly reconstruct: PassPlan;
  readonly evaluate: PassPlan;
  readonly judge: PassPlan;
}

/** Thrown by `makePlan` when a config cannot be compiled on this device; the message is the reason, for people. */
export class NotCompilable extends Error {}
