/**
 * A drawing as a data set would have it: of a digit, MNIST's own framing, step by step.
 *
 * Sources: LeCun, Cortes & Burges, "The MNIST database of handwritten digits" ("size normalized to fit in a 20x20 pixel box
 * while preserving their aspect ratio", with anti-aliasing, "centered in a 28x28 image by computing the center of mass of the
 * pixels, and translating the image so as to position this point at the center of the 28x28 field"); Xiao, Rasul & Vollgraf
 * 2017, arXiv:1708.07747, section 2 (a garment is trimmed, its longest edge resized to 28, and it is put in the middle).
 */
import { clamp } from "../lib/clamp";
import { DATASETS, type DatasetId } from "../protocol/datasets";
import { cropToInk, fitPicture, sampleArea, type Picture } from "./picture";

/** Of the digit, in pixels, and of the image it stands in. */
const DIGIT_SIDE = 20;
const FRAME_SIDE = 28;

export interface FramingStep {
  readonly id: "crop" | "scale" | "center" | "fit";
  readonly picture: Picture;
}

/**
 * The steps from a drawing to an image of the data set, the last being that image.
 *
 * @param picture grey, or in colour where the data set is
 * @param ground of the data set, one value for each channel
 * @returns null where nothing is drawn
 */
export function frameFor(data: DatasetId, picture: Picture, ground: readonly number[]): readonly FramingStep[] | null {
  const { image } = DATASETS[data];
  if (data === "mnist") return frameDigit(picture);
  if (picture.channels > 1) return [{ id: "fit", picture: fitPicture(picture, image, ground) }];
  const cropped = cropToInk(picture);
  if (cropped === null) return null;
  // Where a sprite stands is part of what it is; a garment fills its frame.
  if (data !== "fashion") return [{ id: "fit", picture: fitPicture(picture, image, ground) }];
  return [
    { id: "crop", picture: cropped },
    { id: "fit", picture: fitPicture(cropped, image, ground) },
  ];
}

/** As MNIST's digits were made. */
export function frameDigit(drawing: Picture): readonly FramingStep[] | null {
  const cropped = cropToInk(drawing);
  if (cropped === null) return null;
  const scaled = scaleDigit(cropped);
  return [
    { id: "crop", picture: cropped },
    { id: "scale", picture: scaled },
    { id: "center", picture: centerDigit(scaled) },
  ];
}

/** The longer side to 20 pixels; the last row or column of the shorter one may be part ink, part paper. */
function scaleDigit(cropped: Picture): Picture {
  const step = Math.max(cropped.width, cropped.height) / DIGIT_SIDE;
  const pixelsFor = (length: number) => clamp(Math.ceil(length / step - 1e-9), 1, DIGIT_SIDE); // less a rounding error
  return sampleArea(cropped, { left: 0, top: 0, step }, { height: pixelsFor(cropped.height), width: pixelsFor(cropped.width) }, [0]);
}

/**
 * Centre of mass, in pixels from the top left corner; the middle where there is no mass.
 *
 * @returns across and down
 */
export function centerOfMass({ height, width, pixels }: Picture): readonly [number, number] {
  let [mass, across, down] = [0, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const ink = pixels[y * width + x]!;
      mass += ink;
      across += ink * (x + 0.5);
      down += ink * (y + 0.5);
    }
  }
  return mass > 0 ? [across / mass, down / mass] : [width / 2, height / 2];
}

/** Moved by whole pixels, so that nothing is blurred; a digit whose mass lies far to one side stops at the edge and loses nothing. */
function centerDigit(scaled: Picture): Picture {
  const [across, down] = centerOfMass(scaled);
  const left = clamp(Math.round(FRAME_SIDE / 2 - across), 0, FRAME_SIDE - scaled.width);
  const top = clamp(Math.round(FRAME_SIDE / 2 - down), 0, FRAME_SIDE - scaled.height);
  return sampleArea(scaled, { left: -left, top: -top, step: 1 }, { height: FRAME_SIDE, width: FRAME_SIDE }, [0]);
}
