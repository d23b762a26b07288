/**
 * The left operand of a layer's product, wherever it lies: what the layer below made,
 * or images, which stay packed bytes on the GPU.
 */
import { padded } from "../kernel";
import { fillTemplate } from "../template";
import byteSource from "./packed-byte.wgsl?raw";

/** A buffer of activations, packed bytes through the step's order, or packed bytes as they come. */
export type OperandSource = "activations" | "gathered" | "images";

/** Names of the operand's bindings. @param activations name of the buffer of activations */
export function operandNames(source: OperandSource, activations: string): readonly string[] {
  return { activations: [activations], gathered: ["images", "order"], images: ["images"] }[source];
}

/** WGSL `fn byteAt(image: u32, at: u32) -> f32` over the binding `images`. @param pixels of an image, channels counted */
export function byteCode(pixels: number): string {
  return fillTemplate(byteSource, { words: padded(pixels) / 4 });
}
