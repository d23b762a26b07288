/**
 * One image on a canvas of its own size, enlarged by CSS without smoothing. Redrawn
 * only when its pixels or the theme change.
 */
import { useLayoutEffect, useRef } from "react";
import { useInks, type Inks } from "./ink";
import styles from "./ImageTile.module.css";
import { paintImage, type PaintShape } from "./paint-image";

export interface ImageTileProps {
  /** `[height, width, channels]`. A new object means new pixels: hand in the same one while they stay. */
  readonly pixels: ArrayLike<number>;
  /** The value of full ink. */
  readonly scale: 1 | 255;
  readonly shape: PaintShape;
  /** Colour of full ink; the card's colour is 0. Default `ink`. */
  readonly ink?: keyof Inks;
  /** Accessible name; without one the image is decoration. */
  readonly label?: string;
  readonly className?: string | undefined;
}

export function ImageTile({ pixels, scale, shape, ink = "ink", label, className }: ImageTileProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const inks = useInks();
  const { height, width, channels } = shape;

  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (context === null || context === undefined) return;
    const image = context.createImageData(width, height);
    paintImage(image, 0, 0, pixels, scale, { height, width, channels }, inks.card, inks[ink]);
    context.putImageData(image, 0, 0);
  }, [pixels, scale, height, width, channels, ink, inks]);

  const name = label === undefined ? ({ "aria-hidden": true } as const) : ({ role: "img", "aria-label": label } as const);
  return <canvas ref={canvas} width={width} height={height} className={[styles["tile"], className].filter(Boolean).join(" ")} {...name} />;
}
