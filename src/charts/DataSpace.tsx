/**
 * The space that points lie in: the points, where the model brings them, what its
 * latent line or plane becomes there. Three coordinates are turned by dragging.
 *
 * Props only; keys and buttons that turn it are its owner's.
 */
import { useLayoutEffect, useRef, type PointerEvent, type ReactNode } from "react";
import { CLASS_COLOURS, themeOfCard } from "./class-colours";
import { projectPoints, spaceScales, turnBy, type Coordinates, type Turn } from "./data-space-layout";
import { fieldPixels, paintEdges, paintLinks, paintNames, paintPoints, paintSheet, type SpaceView } from "./data-space-paint";
import styles from "./DataSpace.module.css";
import { hexOf, useInks, type Inks } from "./ink";
import { useSize, type Size } from "./use-size";

/** Clouds of points are `[count, coordinates]`; a new object means that it is to be painted again. */
export interface SpaceContents {
  readonly coordinates: Coordinates;
  readonly points: Float32Array;
  /** Class numbers, at least as many as points. */
  readonly labels: ArrayLike<number>;
  /** From what an encoder saw of the first points to what came out. */
  readonly links: { readonly from: Float32Array; readonly to: Float32Array } | null;
  /** Polylines of what the latent line or plane becomes. */
  readonly sheet: readonly Float32Array[];
  readonly generated: Float32Array | null;
  /** Probabilities over a square `[from, to]` each way, `[cells, cells]`, the lowest row first. */
  readonly field: { readonly cells: number; readonly from: number; readonly to: number; readonly probabilities: Float32Array } | null;
}

export interface DataSpaceProps {
  readonly contents: SpaceContents;
  readonly hiddenClasses: readonly number[];
  /** What the probe decodes to, `[coordinates]`. */
  readonly probe: ArrayLike<number> | null;
  /** A point that is ringed, `[coordinates]`. */
  readonly marked: ArrayLike<number> | null;
  readonly axisNames: readonly string[];
  readonly turn: Turn;
  readonly onTurn: (turn: Turn) => void;
  /** Controls that lie on it. */
  readonly children: ReactNode;
}

/** A drag across the picture turns it this far, in radians per pixel. */
const TURN_PER_PX = 0.011;
const POINT_PX = 2;
/** What a model makes is small beside what it is made of. */
const MADE_PX = 1.6;
const LABEL_PX = 11;

export function DataSpace(props: DataSpaceProps) {
  const { contents, probe, marked, turn, onTurn, children } = props;
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useSize(box);
  usePainting(canvas, size, props);
  const scales = spaceScales(contents.coordinates, { widthPx: size.width, heightPx: size.height });
  const isTurnable = contents.coordinates === 3;
  const place = (point: ArrayLike<number>) => {
    const [x, y] = projectPoints(point, contents.coordinates, turn, scales);
    return Number.isFinite(x! + y!) ? `translate(${x}px, ${y}px)` : undefined;
  };

  function onDrag(event: PointerEvent<HTMLElement>) {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    onTurn(turnBy(turn, event.movementX * TURN_PER_PX, event.movementY * TURN_PER_PX));
  }

  return (
    <div ref={box} className={styles.space}>
      <canvas
        ref={canvas}
        className={styles.canvas}
        data-turns={isTurnable || undefined}
        aria-hidden
        onPointerDown={(event) => isTurnable && event.isPrimary && event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={onDrag}
      />
      {marked !== null && (
        <svg className={styles.marker} viewBox="-12 -12 24 24" style={{ transform: place(marked) }} aria-hidden>
          <circle r="6" className={styles.marked} />
        </svg>
      )}
      {probe !== null && (
        <svg className={styles.marker} data-probe viewBox="-12 -12 24 24" style={{ transform: place(probe) }} aria-hidden>
          <circle r="7" className={styles.halo} />
          <circle r="7" className={styles.probe} />
          <circle r="2" className={styles.heart} />
        </svg>
      )}
      {children}
    </div>
  );
}

/** Paints again when there is something new to be seen. */
function usePainting(
  canvas: { readonly current: HTMLCanvasElement | null },
  { width, height }: Size,
  { contents, hiddenClasses, axisNames, turn }: DataSpaceProps,
): void {
  const inks = useInks();
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (element === null || context === null || context === undefined || width === 0) return;
    const pixelRatio = globalThis.devicePixelRatio;
    Object.assign(element, { width: Math.round(width * pixelRatio), height: Math.round(height * pixelRatio) }); // clears it
    context.setTransform(element.width / width, 0, 0, element.height / height, 0, 0);
    context.font = `${LABEL_PX}px ${getComputedStyle(element).fontFamily}`;
    const scales = spaceScales(contents.coordinates, { widthPx: width, heightPx: height });
    paintContents(context, contents, new Set(hiddenClasses), { coordinates: contents.coordinates, turn, scales }, inks, axisNames);
  }, [canvas, width, height, contents, hiddenClasses, axisNames, turn, inks]);
}

function paintContents(
  context: CanvasRenderingContext2D,
  { points, labels, links, sheet, generated, field }: SpaceContents,
  hidden: ReadonlySet<number>,
  view: SpaceView,
  inks: Inks,
  axisNames: readonly string[],
): void {
  const colours = CLASS_COLOURS[themeOfCard(inks.card)];
  const [latent, decoder] = [hexOf(inks.latent), hexOf(inks.decoder)];
  if (field !== null) paintField(context, field, view, inks);
  const named = { line: hexOf(inks.line), ink2: hexOf(inks.ink2), card: hexOf(inks.card) };
  paintEdges(context, view, named);
  const isShown = (index: number) => !hidden.has(labels[index]!);
  if (links !== null) paintLinks(context, links.from, links.to, isShown, view, hexOf(inks.ink2));
  paintPoints(context, points, view, POINT_PX, (i) => (isShown(i) ? colours[labels[i]! % colours.length]! : null));
  paintSheet(context, sheet, view, latent, sheet.length > 1 ? 1 : 2);
  if (links !== null) paintPoints(context, links.to, view, MADE_PX, (i) => (isShown(i) ? decoder : null));
  if (generated !== null) paintPoints(context, generated, view, POINT_PX, () => decoder);
  paintNames(context, view, named, axisNames);
}

function paintField(
  context: CanvasRenderingContext2D,
  field: NonNullable<SpaceContents["field"]>,
  { scales }: SpaceView,
  inks: Inks,
): void {
  const { cells, from, to, probabilities } = field;
  const picture = new OffscreenCanvas(cells, cells);
  picture.getContext("2d")!.putImageData(new ImageData(fieldPixels(probabilities, cells, inks.card, inks.adversarial), cells, cells), 0, 0);
  const left = scales.originX + (from - 0.5) * scales.unit;
  const top = scales.originY - (to - 0.5) * scales.unit;
  context.drawImage(picture, left, top, (to - from) * scales.unit, (to - from) * scales.unit);
}
