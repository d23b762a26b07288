/**
 * A visitor's image file as bytes: checked by what is in it rather than by its name,
 * decoded by the browser, made small.
 *
 * The bytes have to be read back from a canvas, which Brave and Firefox may alter against fingerprinting: a probe with known
 * values tells. Nothing that a model is trained on, and no drawing, goes this way.
 */
import type { RgbaImage } from "../../../model/picture-ink";

export const PICTURE_PROBLEMS = ["too-large", "svg", "kind", "unreadable", "no-canvas"] as const;
export type PictureProblem = (typeof PICTURE_PROBLEMS)[number];

export type PictureReading =
  | { readonly image: RgbaImage; readonly isNoisy: boolean; readonly problem: null }
  | { readonly image: null; readonly problem: PictureProblem };

/** Of the file; a phone's photograph has a few. */
export const MAX_PICTURE_BYTES = 20 * 2 ** 20;
/** Pixels along the longer side: ten to one of the largest image any data set has. */
const MOST_PIXELS = 320;

const failed = (problem: PictureProblem): PictureReading => ({ image: null, problem });

export async function readPicture(file: Blob): Promise<PictureReading> {
  if (file.size > MAX_PICTURE_BYTES) return failed("too-large");
  let bitmap: ImageBitmap;
  try {
    const kind = kindOf(new Uint8Array(await file.slice(0, 512).arrayBuffer()));
    if (kind !== "image") return failed(kind);
    bitmap = await createImageBitmap(file);
  } catch {
    return failed("unreadable"); // cut short, or moved since it was chosen
  }
  try {
    return imageOf(bitmap);
  } finally {
    bitmap.close();
  }
}

/** By the first bytes: PNG, JPEG and WebP are images; SVG is refused, being a program as much as a picture. */
export function kindOf(head: Uint8Array): "image" | "svg" | "kind" {
  const startsWith = (bytes: readonly number[], from = 0) => bytes.every((byte, i) => head[from + i] === byte);
  if (startsWith([0x89, 0x50, 0x4e, 0x47])) return "image";
  if (startsWith([0xff, 0xd8, 0xff])) return "image";
  if (startsWith([0x52, 0x49, 0x46, 0x46]) && startsWith([0x57, 0x45, 0x42, 0x50], 8)) return "image";
  return /^\uFEFF?\s*</.test(new TextDecoder().decode(head)) ? "svg" : "kind";
}

function imageOf(bitmap: ImageBitmap): PictureReading {
  const scale = Math.min(1, MOST_PIXELS / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * scale))) as [number, number];
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) return failed("no-canvas");
  const isNoisy = isReadbackNoisy(context);
  context.clearRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, width, height);
  return { image: { width, height, data: context.getImageData(0, 0, width, height).data }, isNoisy, problem: null };
}

/** Whether opaque bytes come back as others than were put in. */
export function isReadbackNoisy(context: CanvasRenderingContext2D): boolean {
  const [width, height] = [Math.min(16, context.canvas.width), Math.min(16, context.canvas.height)];
  const put = context.createImageData(width, height);
  put.data.forEach((_, i) => (put.data[i] = i % 4 === 3 ? 255 : (i * 7) % 256));
  context.putImageData(put, 0, 0);
  const got = context.getImageData(0, 0, width, height).data;
  return put.data.some((byte, i) => byte !== got[i]);
}
