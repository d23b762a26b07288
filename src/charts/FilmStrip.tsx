/**
 * A film as a row of its frames, thinned out to what the width has room for, with a marker
 * at the current place. Pressing a frame goes to it.
 */
import { memo, useMemo, useRef } from "react";
import { alongStrip, framesThatFit, shownAt } from "./film-frames";
import styles from "./FilmStrip.module.css";
import type { Inks } from "./ink";
import { ImageTile } from "./ImageTile";
import type { PaintShape } from "./paint-image";
import { isPointShape } from "./point-tile";
import { PointTile } from "./PointTile";
import { useSize } from "./use-size";

export interface FilmStripProps {
  /** What is shown, in words: the accessible name. */
  readonly label: string;
  /** `[frames, height, width, channels]`, in [0, 1]. A new object means new frames. */
  readonly frames: Float32Array;
  readonly shape: PaintShape;
  /** Default `decoder`. */
  readonly ink?: keyof Inks;
  /** Least side of a frame, CSS pixels. Default 34, and 46 where frames are pressed with a finger. */
  readonly tilePx?: number;
  /** The current place, 0 (the first frame) to 1 (the last); null draws no marker. Default null. */
  readonly at?: number | null;
  /** Name of the button that goes to a frame. */
  readonly nameFrame?: (frame: number, count: number) => string;
  /** Hears the place of a pressed frame, 0 to 1. Without it the frames are pictures alone. */
  readonly onPick?: (at: number) => void;
}

export function FilmStrip(props: FilmStripProps) {
  const { label, frames, shape, ink = "decoder", at = null, nameFrame, onPick } = props;
  const tilePx = props.tilePx ?? (onPick !== undefined && isTouched() ? 46 : 34);
  const box = useRef<HTMLUListElement>(null);
  const { width } = useSize(box);
  const count = Math.max(1, Math.floor(frames.length / (shape.height * shape.width * shape.channels)));
  const shown = useMemo(() => framesThatFit(count, width, tilePx), [count, width, tilePx]);
  const current = at === null ? -1 : shownAt(shown, count, at);
  return (
    <div className={styles.strip}>
      <ul ref={box} className={styles.frames} aria-label={label}>
        {shown.map((frame, i) => (
          <li key={frame} data-now={i === current || undefined}>
            {onPick === undefined ? (
              <Frame frames={frames} frame={frame} shape={shape} ink={ink} />
            ) : (
              <button
                type="button"
                className={styles.frame}
                aria-label={nameFrame?.(frame, count) ?? String(frame + 1)}
                aria-pressed={i === current}
                onClick={() => onPick(count === 1 ? 0 : frame / (count - 1))}
              >
                <Frame frames={frames} frame={frame} shape={shape} ink={ink} />
              </button>
            )}
          </li>
        ))}
      </ul>
      {at !== null && <i className={styles.marker} style={{ left: `${100 * alongStrip(shown, count, at)}%` }} aria-hidden />}
    </div>
  );
}

function isTouched(): boolean {
  return typeof matchMedia === "function" && matchMedia("(pointer: coarse)").matches; // jsdom has none
}

interface FrameProps {
  readonly frames: Float32Array;
  readonly frame: number;
  readonly shape: PaintShape;
  readonly ink: keyof Inks;
}

/** Painted again only when its pixels are new: the marker moves at every frame of the screen. */
const Frame = memo(function Frame({ frames, frame, shape, ink }: FrameProps) {
  const size = shape.height * shape.width * shape.channels;
  const pixels = useMemo(() => frames.subarray(frame * size, (frame + 1) * size), [frames, frame, size]);
  if (isPointShape(shape)) return <PointTile point={pixels} scale={1} ink={ink} />;
  return <ImageTile pixels={pixels} scale={1} shape={shape} ink={ink} />;
});
