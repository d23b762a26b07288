/**
 * The visitor's own picture: strokes on a sheet, a file, or an example to begin with; how
 * it is framed for the data set, and what the encoder of the model on screen makes of it.
 *
 * Framed and encoded at most once a frame, by the plain pass on the page; encoded anew with every model that comes on
 * screen, whether or not the panel is open. One for each explorer.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { encode } from "../../../model/forward";
import type { Picture } from "../../../model/picture";
import type { RgbaImage } from "../../../model/picture-ink";
import { blankCover, drawSegment, type PenPoint, type Stroke } from "../../../model/stroke-raster";
import { pixelCount } from "../../../protocol/datasets";
import type { Floats } from "../../../protocol/messages";
import { toldClass } from "../../../store/model-view";
import type { Stores } from "../../stores";
import { framedSteps, inputOfFile, penColour, sheetOf, takesPictures, type HandStep, type InkWishes, type Source } from "./hand-picture";

/** In parts of the sheet's side. A digit that fills two thirds of the sheet then has strokes two and a half pixels wide, as MNIST's are. */
const FIRST_RADIUS = 0.045;
const BLACK = [0.13, 0.13, 0.13] as const;

interface HandData {
  readonly source: Source;
  readonly strokes: readonly Stroke[];
  /** Of the pen, in parts of the sheet's side. */
  readonly radius: number;
  /** Red, green and blue, in [0, 1]. */
  readonly colour: readonly number[];
  /** What is framed; a new object whenever it changes, though a drawing's pixels are drawn in place. */
  readonly input: Picture;
  /** In force for a file on a grey data set; null otherwise. */
  readonly ink: InkWishes | null;
  /** The last one is what is encoded; empty where there is nothing. */
  readonly steps: readonly HandStep[];
}

export interface HandState extends HandData {
  readonly setPen: (pen: { readonly radius?: number; readonly colour?: readonly number[] }) => void;
  /** Begins a stroke, on a fresh sheet where something else than a drawing was shown. */
  readonly press: (point: PenPoint) => void;
  readonly extend: (points: readonly PenPoint[]) => void;
  /** Takes back the last stroke, or a picture that took the drawing's place. */
  readonly undo: () => void;
  readonly clear: () => void;
  readonly takeFile: (image: RgbaImage, isNoisy: boolean) => void;
  readonly takeExample: (index: number, picture: Picture) => void;
  /** Ink the other way round has another threshold: it is found anew. */
  readonly setInk: (change: Partial<InkWishes>) => void;
  /** To another data set: a drawing and a file are taken for it, an example of the one that is gone is not. */
  readonly takeAlong: () => void;
}

export type HandStore = StoreApi<HandState>;
type Surroundings = Pick<Stores, "run" | "probe" | "explorer">;
type Requester = (onFrame: () => void) => unknown;

const hands = new WeakMap<object, HandStore>();

export function handStoreOf(stores: Surroundings): HandStore {
  const known = hands.get(stores.explorer);
  if (known !== undefined) return known;
  const made = createHandStore(stores);
  hands.set(stores.explorer, made);
  return made;
}

export function createHandStore(stores: Surroundings, requestFrame: Requester = (onFrame) => requestAnimationFrame(onFrame)): HandStore {
  const config = () => stores.run.getState().config;
  const store = createStore<HandState>()((set, get) => {
    /** Of the stroke being drawn. */
    let cover: Floats = new Float32Array();
    const show = (change: Partial<HandData>) => set({ ink: null, ...change });
    const showDrawing = (strokes: readonly Stroke[]) => show({ source: { kind: "drawing" }, strokes, input: sheetOf(config(), strokes) });
    /** New pieces of the last stroke, onto the sheet as it is. */
    const draw = (points: readonly PenPoint[]) => {
      const { input, strokes } = get();
      const colour = penColour(config(), strokes.at(-1)!.colour);
      points.forEach((to, i) => drawSegment(input, points[Math.max(0, i - 1)]!, to, colour, cover));
      set({ input: { ...input } });
    };
    return {
      source: { kind: "drawing" },
      strokes: [],
      radius: FIRST_RADIUS,
      colour: BLACK,
      input: sheetOf(config(), []),
      ink: null,
      steps: [],

      setPen: (pen) => set(pen),
      press(point) {
        if (get().source.kind !== "drawing") showDrawing([]);
        const { strokes, colour, input } = get();
        cover = blankCover(input);
        set({ strokes: [...strokes, { colour, points: [point] }] });
        draw([point]);
      },
      extend(points) {
        const { strokes } = get();
        const last = strokes.at(-1);
        if (last === undefined || points.length === 0) return;
        set({ strokes: strokes.with(strokes.length - 1, { ...last, points: [...last.points, ...points] }) });
        draw([last.points.at(-1)!, ...points]);
      },
      undo() {
        const { source, strokes } = get();
        showDrawing(source.kind === "drawing" ? strokes.slice(0, -1) : strokes);
      },
      clear: () => showDrawing([]),
      takeFile: (image, isNoisy) => show({ source: { kind: "file", image, isNoisy }, ...inputOfFile(config(), image, {}) }),
      takeExample: (index, picture) => show({ source: { kind: "example", index, picture }, input: picture }),
      setInk(change) {
        const { source, ink } = get();
        if (source.kind !== "file" || ink === null) return;
        show(inputOfFile(config(), source.image, { isDark: ink.isDark, ...change }));
      },
      takeAlong() {
        const { source, strokes } = get();
        if (source.kind === "file") show(inputOfFile(config(), source.image, {}));
        else showDrawing(strokes);
      },
    };
  });
  followModel(store, stores, requestFrame);
  return store;
}

/** Frames what has changed and shows it to the encoder, at most once a frame. */
function followModel(store: HandStore, stores: Surroundings, requestFrame: Requester): void {
  const { run, probe, explorer } = stores;
  let isUnframed = false;
  let isScheduled = false;
  const schedule = () => {
    if (isScheduled) return;
    isScheduled = true;
    requestFrame(() => {
      isScheduled = false;
      if (isUnframed) store.setState({ steps: framedSteps(store.getState(), run.getState().config) });
      isUnframed = false;
      look(store.getState(), stores);
    });
  };
  const reframe = () => {
    isUnframed = true;
    schedule();
  };

  store.subscribe(({ input }, before) => {
    if (input !== before.input) reframe();
  });
  run.subscribe(({ config, network, snapshot }, before) => {
    if (config.data !== before.config.data) store.getState().takeAlong();
    if (config !== before.config) reframe();
    if (snapshot !== before.snapshot || network !== before.network) schedule();
  });
  probe.subscribe(({ label }, before) => {
    if (label !== before.label && run.getState().network.classes > 0) schedule();
  });
  explorer.subscribe(({ hand }, before) => {
    if (hand === null && before.hand !== null) schedule(); // another latent space: there the picture has another place
  });
}

/** Shows the picture to the encoder of the model on screen. */
function look({ steps }: HandState, { run, probe, explorer }: Surroundings): void {
  const { network, snapshot, config } = run.getState();
  const pixels: Floats | null = steps.at(-1)?.picture.pixels ?? null;
  const { hand, set } = explorer.getState();
  if (pixels === null || snapshot === null || !takesPictures(config) || pixels.length !== pixelCount(network.image)) {
    if (hand !== null) set({ hand: null });
    return;
  }
  const told = toldClass(network, probe.getState().label) ?? 0;
  set({ hand: { pixels, ...encode(network, snapshot.weights, pixels, 1, [told]) } });
}
