/** The part of gifenc 1.0.3 that is used; the package brings no types. */
declare module "gifenc" {
  /** Red, green and blue, each 0 … 255. */
  export type Colour = readonly [number, number, number];

  interface FrameOptions {
    /** Of this frame alone; without one the first frame's holds. At most 256 colours. */
    readonly palette?: readonly Colour[];
    /** Milliseconds; written in hundredths of a second. */
    readonly delay?: number;
    /** 0: for ever. */
    readonly repeat?: number;
  }

  interface Encoder {
    /** @param index of each pixel's colour in the palette, `[height, width]` */
    readonly writeFrame: (index: Uint8Array, width: number, height: number, options: FrameOptions) => void;
    readonly finish: () => void;
    /** A copy of what has been written. */
    readonly bytes: () => Uint8Array<ArrayBuffer>;
  }

  export function GIFEncoder(): Encoder;
  /** Reads the whole buffer behind `rgba`: hand in an array that has one of its own. */
  export function quantize(rgba: Uint8ClampedArray | Uint8Array, maxColours: number): [number, number, number][];
  export function applyPalette(rgba: Uint8ClampedArray | Uint8Array, palette: readonly Colour[]): Uint8Array;
}
