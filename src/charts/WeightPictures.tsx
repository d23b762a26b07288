/**
 * Signed pictures of a few units, each on a small canvas: blue below 0, orange above,
 * the card's colour at 0.
 *
 * Knows no network; repainted only when pictures, scale or theme change.
 */
import { useLayoutEffect, useRef } from "react";
import { useInks } from "./ink";
import { paintSigned } from "./network-weights";
import type { PaintShape } from "./paint-image";
import styles from "./WeightPictures.module.css";

export interface WeightPicturesProps {
  /** One per unit, `[height, width, channels]`. A new array means new weights. */
  readonly pictures: readonly Float32Array[];
  /** The value of full colour. */
  readonly scale: number;
  readonly shape: PaintShape;
  readonly tilePx: number;
  readonly gapPx: number;
  /** Default 1. */
  readonly columns?: number;
}

export function WeightPictures({ pictures, scale, shape, tilePx, gapPx, columns = 1 }: WeightPicturesProps) {
  const { height, width, channels } = shape;
  const frame = useRef<HTMLDivElement>(null);
  const inks = useInks();

  useLayoutEffect(() => {
    const signed = { negative: inks.encoder, zero: inks.card, positive: inks.decoder };
    const canvases = frame.current?.querySelectorAll("canvas") ?? [];
    let image: ImageData | null = null;
    canvases.forEach((canvas, i) => {
      const context = canvas.getContext("2d");
      const picture = pictures[i];
      if (context === null || picture === undefined) return;
      image ??= context.createImageData(width, height);
      paintSigned(image, picture, scale, { height, width, channels }, signed);
      context.putImageData(image, 0, 0);
    });
  }, [pictures, scale, height, width, channels, inks]);

  return (
    <div ref={frame} className={styles.pictures} style={{ gap: gapPx, gridTemplateColumns: `repeat(${columns}, ${tilePx}px)` }} aria-hidden>
      {pictures.map((_, i) => (
        // A place in the row is all the identity a canvas has: which unit it shows is decided by the picture.
        // oxlint-disable-next-line react/no-array-index-key
        <canvas key={i} width={width} height={height} style={{ width: tilePx, height: tilePx }} />
      ))}
    </div>
  );
}
