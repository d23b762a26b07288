/**
 * A window onto latent space: the decoder grid, the scatter over it, the probe, and the
 * hands on them. Puts the elements in place and tells the scene what there is to show;
 * the scene paints.
 *
 * Props only: it knows no store, and calls back with coordinates and indices.
 */
import {
  type ReactNode,
  type Ref,
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  type RefObject,
} from "react";
import { CLASS_COLOURS, themeOfCard } from "./class-colours";
import { hexOf, useInks, type Rgb } from "./ink";
import type { LatentCloud } from "./latent-cloud";
import type { FitRule } from "./latent-fit";
import { listenToGestures, type DragMode, type Outline } from "./latent-gestures";
import type { PlotDecoder } from "./latent-grid-picture";
import { useReducedMotion } from "./latent-motion";
import { LatentScene, type PlotPoint, type SceneExtras, type SceneLayers } from "./latent-scene";
import type { PlotFrame, PlotKind, PlotRange } from "./latent-view";
import styles from "./LatentPlot.module.css";

/** How far full ink of the decoder grid goes from the card towards violet: faint behind points, plain without them. */
const GRID_STRENGTH = { light: { behind: 0.3, alone: 0.9 }, dark: { behind: 0.42, alone: 0.9 } } as const;

/** Where the probe stands, in plot units; told outside React, because it moves at every pointer event. */
export interface ProbeSource {
  readonly get: () => PlotPoint;
  readonly subscribe: (listener: () => void) => () => void;
}

/** What others may ask of the plot. */
export interface LatentPlotHandle {
  readonly zoom: (factor: number) => void;
  readonly fit: () => void;
  /** The shown points nearest to the probe, the nearest first. */
  readonly nearestToProbe: (limit: number) => number[];
  /** Moves the view, if it must, so that the probe is in it. */
  readonly reveal: () => void;
}

/** What is in view. */
export interface PlotView {
  /** Plot units. */
  readonly range: PlotRange;
  readonly frame: PlotFrame;
}

/** What a hand has drawn around so far, corner by corner. */
export interface PlotOutline extends Omit<Outline, "corners"> {
  /** Plot units. */
  readonly corners: readonly PlotPoint[];
}

export interface LatentPlotProps {
  /** Name of the picture of decodes. */
  readonly gridLabel: string;
  readonly kind: PlotKind;
  readonly cloud: LatentCloud | null;
  readonly rule: FitRule;
  /** Names run and axes; in another space the view starts to follow the codes again. */
  readonly space: string;
  readonly decoder: PlotDecoder | null;
  readonly layers: SceneLayers;
  readonly hiddenClasses: readonly number[];
  /** Whether points are coloured by class; otherwise all are violet. */
  readonly hasClasses: boolean;
  /** Horizontal and vertical. */
  readonly axisNames: readonly [string, string];
  /** By class number, for the lanes of a line. */
  readonly classNames: readonly string[];
  readonly probe: ProbeSource;
  /** Index of the point that is ringed and that `card` is about. */
  readonly marked: number | null;
  /** Where it stands, of a point that is not one of `cloud`'s. */
  readonly markedPlace: PlotPoint | null;
  readonly card: ReactNode;
  /** What is laid on the plot besides its own points. */
  readonly extras: SceneExtras;
  /** Whether points may glide to new places now; asked whenever they have some. */
  readonly mayGlide: () => boolean;
  /** What a drag does. */
  readonly drag: DragMode;
  readonly onGrab: () => void;
  readonly onProbe: (point: PlotPoint) => void;
  readonly onRelease: () => void;
  readonly onMark: (index: number | null) => void;
  readonly onHeld: (isHeld: boolean) => void;
  /** The view has come to rest; plot units. */
  readonly onRest: (view: PlotView) => void;
  /** A hand draws around points; null when it gives up. */
  readonly onOutline: (outline: PlotOutline | null) => void;
  /** A hand turns the map by so many pixels across and up. */
  readonly onTurn: (dxPx: number, dyPx: number) => void;
  readonly ref: Ref<LatentPlotHandle>;
  /** Controls that lie on the plot. */
  readonly children: ReactNode;
}

export function LatentPlot(props: LatentPlotProps) {
  const { gridLabel, layers, card, ref, children, marked } = props;
  const plot = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const probe = useRef<HTMLDivElement>(null);
  const cardPlace = useRef<HTMLDivElement>(null);
  const scene = useScene(props, { plot, grid, canvas, probe, cardPlace });

  useImperativeHandle(
    ref,
    () => ({
      zoom: (factor) => scene.current?.zoom(factor),
      fit: () => scene.current?.fit(),
      nearestToProbe: (limit) => scene.current?.nearestToProbe(limit) ?? [],
      reveal: () => scene.current?.setProbe(props.probe.get(), true),
    }),
    [scene, props.probe],
  );

  return (
    <div ref={plot} className={styles.plot}>
      <figure ref={grid} className={styles.grid} aria-label={gridLabel} hidden={!layers.grid} />
      <canvas ref={canvas} className={styles.cloud} data-drag={props.drag} aria-hidden />
      <div ref={probe} className={styles.probe} aria-hidden>
        <svg viewBox="-22 -22 44 44" width="44" height="44">
          <circle r="12" className={styles.ring} />
          <path d="M-18 0H18M0-18V18" className={styles.cross} />
        </svg>
      </div>
      {children}
      <div ref={cardPlace} className={styles.card} hidden={marked === null}>
        {card}
      </div>
    </div>
  );
}

type PlotRefs = Readonly<Record<"plot" | "canvas" | "grid" | "probe" | "cardPlace", { readonly current: HTMLElement | null }>>;

type SceneRef = RefObject<LatentScene | null>;

/** Keeps a scene alive on the plot's elements and up to date with the props. The effects run in this order: the first makes it. */
function useScene(props: LatentPlotProps, refs: PlotRefs): SceneRef {
  const scene = useRef<LatentScene>(null);
  const { probe, cloud, kind, rule, space, decoder, marked, markedPlace, extras } = props;
  const onHeld = useEffectEvent((isHeld: boolean) => props.onHeld(isHeld));
  const onRest = useEffectEvent((range: PlotRange, frame: PlotFrame) => props.onRest({ range, frame }));

  useLayoutEffect(() => {
    const plot = refs.plot.current!;
    const made = new LatentScene(
      {
        grid: refs.grid.current!,
        cloud: refs.canvas.current as HTMLCanvasElement,
        probe: refs.probe.current!,
        card: refs.cardPlace.current!,
      },
      { onHeld: (isHeld) => onHeld(isHeld), onRest: (range, frame) => onRest(range, frame) },
    );
    const measure = () => made.resize({ widthPx: plot.clientWidth, heightPx: plot.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(plot);
    scene.current = made;
    return () => {
      observer.disconnect();
      made.dispose();
      scene.current = null;
    };
  }, [refs.plot, refs.grid, refs.canvas, refs.probe, refs.cardPlace]);

  useSceneLook(scene, props, refs.plot);
  useSceneHands(scene, props, refs.canvas);
  const mayGlide = useEffectEvent(() => props.mayGlide());
  useLayoutEffect(() => scene.current?.setCloud(cloud, kind, rule, space, mayGlide()), [scene, cloud, kind, rule, space]);
  useLayoutEffect(() => scene.current?.setExtras(extras), [scene, extras]);
  const plane = useRef("");
  useLayoutEffect(() => {
    scene.current?.setDecoder(decoder, plane.current === space);
    plane.current = space;
  }, [scene, decoder, space]);
  useLayoutEffect(() => scene.current?.setMarked(marked, markedPlace), [scene, marked, markedPlace]);
  useLayoutEffect(() => {
    const follow = () => scene.current?.setProbe(probe.get());
    follow();
    return probe.subscribe(follow);
  }, [scene, probe]);
  return scene;
}

/** Colours, layers and names. */
function useSceneLook(scene: SceneRef, props: LatentPlotProps, plot: PlotRefs["plot"]): void {
  const inks = useInks();
  const isReducedMotion = useReducedMotion();
  const { layers, hiddenClasses, hasClasses, axisNames, classNames } = props;
  const theme = themeOfCard(inks.card);
  const plotInks = useMemo(
    () => ({
      card: css(inks.card),
      ink: css(inks.ink),
      ink2: css(inks.ink2),
      line: css(inks.line),
      latent: css(inks.latent),
      decoder: css(inks.decoder),
      classes: hasClasses ? CLASS_COLOURS[theme] : [hexOf(inks.latent)],
    }),
    [inks, theme, hasClasses],
  );
  const strength = GRID_STRENGTH[theme][layers.points ? "behind" : "alone"];
  useLayoutEffect(() => {
    const { fontFamily, fontSize } = getComputedStyle(plot.current!);
    scene.current?.setLook({
      inks: { ...plotInks, family: fontFamily, labelPx: Number.parseFloat(fontSize) - 1 },
      gridInks: [inks.card, blend(inks.card, inks.latent, strength)],
      layers,
      hiddenClasses: new Set(hasClasses ? hiddenClasses : []),
      axisNames,
      classNames,
      isReducedMotion,
    });
  }, [scene, plotInks, inks, strength, layers, hiddenClasses, hasClasses, axisNames, classNames, isReducedMotion, plot]);
}

/** Pointers and wheels. */
function useSceneHands(scene: SceneRef, props: LatentPlotProps, canvas: PlotRefs["canvas"]): void {
  const getDrag = useEffectEvent(() => props.drag);
  const onGrab = useEffectEvent(() => props.onGrab());
  const onRelease = useEffectEvent(() => props.onRelease());
  const onProbe = useEffectEvent((point: PlotPoint) => props.onProbe(point));
  const onMark = useEffectEvent((index: number | null) => props.onMark(index));
  const onOutline = useEffectEvent((outline: PlotOutline | null) => props.onOutline(outline));
  const onTurn = useEffectEvent((dxPx: number, dyPx: number) => props.onTurn(dxPx, dyPx));
  useEffect(
    () =>
      listenToGestures(canvas.current!, {
        getDrag: () => getDrag(),
        onGrab: () => onGrab(),
        onRelease: () => onRelease(),
        onProbe: (xPx, yPx) => onProbe(scene.current!.plotPoint(xPx, yPx)),
        onPan: (dxPx, dyPx) => scene.current!.pan(dxPx, dyPx),
        onZoom: (factor, xPx, yPx) => scene.current!.zoom(factor, xPx, yPx),
        onPass: (place) => onMark(place === null ? null : scene.current!.hit(place.xPx, place.yPx, place.radiusPx)),
        onTurn: (dxPx, dyPx) => onTurn(dxPx, dyPx),
        onOutline: (outline) =>
          onOutline(outline && { ...outline, corners: outline.corners.map(([xPx, yPx]) => scene.current!.plotPoint(xPx, yPx)) }),
      }),
    [scene, canvas],
  );
}

function css([red, green, blue]: Rgb): string {
  return `rgb(${red} ${green} ${blue})`;
}

function blend(from: Rgb, to: Rgb, part: number): Rgb {
  const mix = (channel: 0 | 1 | 2) => from[channel] + (to[channel] - from[channel]) * part;
  return [mix(0), mix(1), mix(2)];
}
