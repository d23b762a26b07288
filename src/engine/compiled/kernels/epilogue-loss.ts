/**
 * What the decoder's last product does with its logits: in training the reconstruction
 * loss and its gradient by the logits, outside it the loss and the pixels.
 *
 * Reads the packed bytes of the images themselves, so that no batch of pixels is ever unpacked in memory, unless pixels were drawn.
 */
import { isCrossEntropy, type OutputActivation, type ReconstructionKind } from "../../../protocol/run-config";
import { padded, type KernelBinding } from "../kernel";
import { fillTemplate } from "../template";
import { activationCode } from "./activation";
import { maskCode, type Epilogue, type EpilogueColumns } from "./epilogue";
import source from "./epilogue-loss.wgsl?raw";

/** The last layer's columns: all pixels of an image (dense, one row for each image) or one pixel's channels (a row for each position). */
export interface JudgedPixels extends EpilogueColumns {
  readonly reconstruction: ReconstructionKind;
  /** Of the `gaussian` likelihood. */
  readonly sigma: number;
  readonly outputActivation: OutputActivation;
  readonly rowsPerImage: number;
  /** Packed bytes, or floats that were drawn, in the columns of the layer. */
  readonly target: "images" | "drawn";
}

/**
 * In training: loss partials and the gradient by the logits of the batch's mean. Bindings: `images` and `order`, or `targets`; `dy`,
 * `losses` (`[rows][paddedColumns / 4]`).
 */
export function lossEpilogue({ batch, ...judged }: JudgedPixels & { readonly batch: number }): Epilogue {
  return {
    label: `${judged.reconstruction} and gradient`,
    bindings: [...targetBindings(judged, "training"), { name: "dy", access: "read_write" }, { name: "losses", access: "read_write" }],
    types: { ...TARGET_TYPES, dy: "array<vec4f>", losses: "array<f32>" },
    code: judgeCode(judged, { training: true, scale: 1 / batch }),
  };
}

/** Outside training: loss partials and pixels after the output activation; row r is of image r. Bindings: `images` or `targets`; `y`, `losses`. */
export function judgeEpilogue(judged: JudgedPixels): Epilogue {
  return {
    label: judged.reconstruction,
    bindings: [...targetBindings(judged, "held-out"), { name: "y", access: "read_write" }, { name: "losses", access: "read_write" }],
    types: { ...TARGET_TYPES, y: "array<vec4f>", losses: "array<f32>" },
    code: judgeCode(judged, { training: false }),
  };
}

const TARGET_TYPES = { images: "array<u32>", order: "array<u32>", targets: "array<vec4f>" };

function targetBindings({ target }: JudgedPixels, pass: "training" | "held-out"): KernelBinding[] {
  const names = target === "drawn" ? ["targets"] : pass === "training" ? ["images", "order"] : ["images"];
  return names.map((name) => ({ name, access: "read" }));
}

function judgeCode(
  { reconstruction, sigma, outputActivation, rowsPerImage, target, columns, paddedColumns }: JudgedPixels,
  pass: { readonly training: boolean; readonly scale?: number },
): string {
  if (columns.stride !== paddedColumns) throw new RangeError(`judgeCode: pixels in groups of ${columns.stride}, wants ${paddedColumns}`);
  const finish = fillTemplate(source, {
    ...pass,
    bce: isCrossEntropy(reconstruction),
    gaussian: reconstruction === "gaussian",
    precision: 1 / sigma ** 2,
    normaliser: 0.5 * Math.log(2 * Math.PI * sigma ** 2),
    drawn: target === "drawn",
    positions: target === "images" && rowsPerImage > 1,
    rowsPerImage,
    channels: columns.size,
    lanes: Math.min(4, columns.size),
    quads: paddedColumns / 4,
    words: padded(rowsPerImage * columns.size) / 4,
  });
  return [activationCode(outputActivation), maskCode(columns), finish].join("\n");
}
