/**
 * A few channels of a layer's answer to one image, each as a small picture on a canvas
 * of its own, all on one scale. Painted by their own subscription, past React.
 */
import { useEffect, useMemo, useRef } from "react";
import type { ActivationSource } from "./ActivationCanvas";
import { useInks, type Inks } from "./ink";
import { activationScale, paintChannel } from "./network-activations";
import { shownUnits } from "./network-weights";
import type { PaintShape } from "./paint-image";
import styles from "./WeightPictures.module.css";

interface FeatureMapsProps {
  /** Values `[height, width, channels]`. */
  readonly source: ActivationSource;
  /** Colour of positive values; negative ones are grey. */
  readonly ink: keyof Inks;
  /** The value of full colour; without it the largest magnitude at hand, rounded up. */
  readonly scale?: number | undefined;
  readonly shape: PaintShape;
  /** Channels shown, at most; evenly spread over all of them. */
  readonly count: number;
  readonly tilePx: number;
  readonly gapPx: number;
  readonly columns: number;
}

export function FeatureMaps({ source, ink, scale, shape, count, tilePx, gapPx, columns }: FeatureMapsProps) {
  const { height, width, channels } = shape;
  const frame = useRef<HTMLDivElement>(null);
  const inks = useInks();
  const shown = useMemo(() => shownUnits(channels, count), [channels, count]);

  useEffect(() => {
    const contexts = [...(frame.current?.querySelectorAll("canvas") ?? [])].map((canvas) => canvas.getContext("2d"));
    const colours = { negative: inks.ink2, zero: inks.card, positive: inks[ink] };
    const image = contexts[0]?.createImageData(width, height);
    if (image === undefined) return;
    const paint = () => {
      const values = source.latest();
      const fits = values?.length === height * width * channels;
      const full = fits ? (scale ?? activationScale(values)) : 0;
      contexts.forEach((context, i) => {
        if (fits) paintChannel(image, values, shown[i]!, { height, width, channels }, full, colours);
        else image.data.fill(0);
        context?.putImageData(image, 0, 0);
      });
    };
    paint();
    return source.subscribe(paint);
  }, [source, ink, scale, height, width, channels, shown, inks]);

  return (
    <div ref={frame} className={styles.pictures} style={{ gap: gapPx, gridTemplateColumns: `repeat(${columns}, ${tilePx}px)` }} aria-hidden>
      {shown.map((channel) => (
        <canvas key={channel} width={width} height={height} style={{ width: tilePx, height: (tilePx * height) / width }} />
      ))}
    </div>
  );
}
