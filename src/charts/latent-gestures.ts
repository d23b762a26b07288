/**
 * What hands do on a latent plot, turned into wishes.
 *
 * One finger, or the primary button, puts the probe under it and drags it, or draws around
 * points, or turns the map, as is chosen; two fingers, Shift or another button move and zoom the
 * plane; a pointer that only passes marks the nearest point, and so does a tap. Knows nothing of
 * what the wishes do.
 */
import { clamp } from "../lib/clamp";

/** What one finger, or the primary button, does. */
export type DragMode = "probe" | "box" | "lasso" | "turn";

/** What has been drawn around so far. */
export interface Outline {
  /** Pixels of the plot. */
  readonly corners: readonly (readonly [xPx: number, yPx: number])[];
  /** Shift adds to what is selected, Alt takes from it. */
  readonly change: "replace" | "add" | "remove";
  readonly isDone: boolean;
}

/** Pixels of the plot, from its upper left corner. */
export interface PlotGestures {
  readonly getDrag: () => DragMode;
  /** A hand turns the map, by the way it has moved. */
  readonly onTurn: (dxPx: number, dyPx: number) => void;
  /** Null when the hand gives up. */
  readonly onOutline: (outline: Outline | null) => void;
  /** The probe is taken: where it stood counts again if a second finger follows. */
  readonly onGrab: () => void;
  readonly onProbe: (xPx: number, yPx: number) => void;
  /** It was the first of two fingers: the probe goes back to where it stood. */
  readonly onRelease: () => void;
  readonly onPan: (dxPx: number, dyPx: number) => void;
  readonly onZoom: (factor: number, xPx: number, yPx: number) => void;
  /** A pointer passes, or taps; null when it leaves. */
  readonly onPass: (place: { readonly xPx: number; readonly yPx: number; readonly radiusPx: number } | null) => void;
}

/** How near a passing pointer, or a finger, must come to a point. */
const REACH_PX = { mouse: 9, touch: 22 } as const;
/** A touch that moves less is a tap. */
const TAP_PX = 8;
/** A wheel turned on the page goes on scrolling it, though the plot has come under the pointer. */
const SCROLL_PAUSE_MS = 300;
/** Zoom per pixel of wheel; a pinch on a trackpad comes as a wheel with Ctrl and in smaller steps. */
const WHEEL_ZOOM = { wheel: 0.0016, pinch: 0.011 } as const;
/** Firefox may count in lines. */
const LINE_PX = 16;

/** Turning two fingers by one radian is as far as dragging a turned map by so many pixels. */
const TWIST_PX = 100;
/** Corners of a lasso are at least so far from each other. */
const CORNER_PX = 3;

interface Hand {
  x: number;
  y: number;
  readonly startX: number;
  readonly startY: number;
}

type Mode = "idle" | "pan" | "pinch" | DragMode;

/** Listens on `surface`, which fills the plot; returns what stops it. */
export function listenToGestures(surface: HTMLElement, wishes: PlotGestures): () => void {
  const hands = new Map<number, Hand>();
  const outline = new OutlineHand(wishes.onOutline);
  let mode: Mode = "idle";

  const place = (event: PointerEvent | WheelEvent): readonly [number, number] => {
    const box = surface.getBoundingClientRect();
    return [clamp(event.clientX - box.left, 0, box.width), clamp(event.clientY - box.top, 0, box.height)];
  };

  function modeOf(event: PointerEvent): Mode {
    const drag = wishes.getDrag();
    const draws = drag === "box" || drag === "lasso";
    if (hands.size > 1) return "pinch";
    if (event.button === 2) return "turn";
    return event.button === 1 || (event.shiftKey && !draws) ? "pan" : drag;
  }

  function onDown(event: PointerEvent): void {
    if (event.button > 2) return;
    const [x, y] = place(event);
    hands.set(event.pointerId, { x, y, startX: x, startY: y });
    surface.setPointerCapture(event.pointerId);
    const before = mode;
    mode = hands.size > 2 ? mode : modeOf(event);
    surface.dataset["gesture"] = mode;
    if (mode === "pinch") {
      if (before === "probe") wishes.onRelease();
      outline.giveUp();
    } else if (mode === "probe") {
      wishes.onPass(null);
      wishes.onGrab();
      wishes.onProbe(x, y);
    } else if (mode === "box" || mode === "lasso") {
      wishes.onPass(null); // the card of a point would lie over those that are to be drawn around
      outline.begin(mode, x, y, event);
    }
  }

  function onMove(event: PointerEvent): void {
    const [x, y] = place(event);
    const hand = hands.get(event.pointerId);
    if (hand === undefined) {
      if (event.pointerType !== "touch") wishes.onPass({ xPx: x, yPx: y, radiusPx: REACH_PX.mouse });
      return;
    }
    const before = mode === "pinch" ? pinchOf(hands) : null;
    const [dx, dy] = [x - hand.x, y - hand.y];
    hand.x = x;
    hand.y = y;
    if (mode === "probe") wishes.onProbe(x, y);
    else if (mode === "pan") wishes.onPan(dx, dy);
    else if (mode === "turn") wishes.onTurn(dx, dy);
    else if (before !== null) {
      const after = pinchOf(hands);
      wishes.onPan(after.x - before.x, after.y - before.y);
      wishes.onZoom(after.distance / before.distance, after.x, after.y);
      const twist = after.angle - before.angle;
      if (twist !== 0) wishes.onTurn(TWIST_PX * Math.atan2(Math.sin(twist), Math.cos(twist)), 0); // the shorter way round
    } else outline.go(x, y);
  }

  function onUp(event: PointerEvent): void {
    const hand = hands.get(event.pointerId);
    if (hand === undefined) return;
    hands.delete(event.pointerId);
    const isTap = event.type === "pointerup" && Math.hypot(hand.x - hand.startX, hand.y - hand.startY) < TAP_PX;
    if (isTap && mode !== "pan" && mode !== "pinch") {
      const radiusPx = event.pointerType === "touch" ? REACH_PX.touch : REACH_PX.mouse;
      wishes.onPass({ xPx: hand.x, yPx: hand.y, radiusPx });
    }
    if (isTap || event.type === "pointercancel") outline.giveUp();
    else outline.end();
    mode = hands.size === 0 ? "idle" : "pan"; // the finger that stays after a pinch goes on panning
    surface.dataset["gesture"] = mode;
  }

  function onLeave(event: PointerEvent): void {
    if (event.pointerType !== "touch" && mode === "idle") wishes.onPass(null);
  }

  const stopWheel = listenToWheel(surface, (event, pixels) => {
    const [x, y] = place(event);
    wishes.onZoom(Math.exp(-pixels * (event.ctrlKey ? WHEEL_ZOOM.pinch : WHEEL_ZOOM.wheel)), x, y);
  });
  surface.addEventListener("pointerdown", onDown);
  surface.addEventListener("pointermove", onMove);
  surface.addEventListener("pointerup", onUp);
  surface.addEventListener("pointercancel", onUp);
  surface.addEventListener("pointerleave", onLeave);
  surface.addEventListener("mousedown", refuse);
  surface.addEventListener("contextmenu", refuse);
  return () => {
    stopWheel();
    surface.removeEventListener("pointerdown", onDown);
    surface.removeEventListener("pointermove", onMove);
    surface.removeEventListener("pointerup", onUp);
    surface.removeEventListener("pointercancel", onUp);
    surface.removeEventListener("pointerleave", onLeave);
    surface.removeEventListener("mousedown", refuse);
    surface.removeEventListener("contextmenu", refuse);
  };
}

/** A hand that draws a box or a lasso. */
class OutlineHand {
  readonly #tell: PlotGestures["onOutline"];
  #shape: "box" | "lasso" | null = null;
  #change: Outline["change"] = "replace";
  #corners: (readonly [number, number])[] = [];

  constructor(tell: PlotGestures["onOutline"]) {
    this.#tell = tell;
  }

  begin(shape: "box" | "lasso", x: number, y: number, { shiftKey, altKey }: PointerEvent): void {
    this.#shape = shape;
    this.#change = altKey ? "remove" : shiftKey ? "add" : "replace";
    this.#corners = [[x, y]];
  }

  go(x: number, y: number): void {
    const [first, last] = [this.#corners[0], this.#corners.at(-1)];
    if (this.#shape === null || first === undefined || last === undefined) return;
    if (this.#shape === "box") this.#corners = [first, [x, first[1]], [x, y], [first[0], y]];
    else if (Math.hypot(x - last[0], y - last[1]) >= CORNER_PX) this.#corners.push([x, y]);
    else return;
    this.#tell({ corners: [...this.#corners], change: this.#change, isDone: false });
  }

  end(): void {
    if (this.#shape !== null && this.#corners.length > 2) this.#tell({ corners: this.#corners, change: this.#change, isDone: true });
    this.#shape = null;
  }

  giveUp(): void {
    if (this.#shape !== null && this.#corners.length > 1) this.#tell(null);
    this.#shape = null;
  }
}

/**
 * The right button turns the map: no menu on top of that. A press would take the focus from whom `onGrab` has just given it to, so
 * that arrow keys would not go on from there; with the middle button it would start the browser's own scrolling.
 */
function refuse(event: Event): void {
  event.preventDefault();
}

/** Middle and distance of two fingers, and the direction from one to the other, radians. */
function pinchOf(hands: ReadonlyMap<number, Hand>): { x: number; y: number; distance: number; angle: number } {
  const [a, b] = [...hands.values()];
  if (a === undefined || b === undefined) return { x: 0, y: 0, distance: 1, angle: 0 };
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, distance: Math.max(1, Math.hypot(dx, dy)), angle: Math.atan2(dy, dx) };
}

/** Wheels on `surface` that did not begin as a scroll of the page; `pixels` above 0 towards the hand. */
function listenToWheel(surface: HTMLElement, onWheel: (event: WheelEvent, pixels: number) => void): () => void {
  let scrolledMs = -Infinity;
  function noteScroll(event: WheelEvent): void {
    const isInside = event.target instanceof Node && surface.contains(event.target);
    // A scroll that goes on over the plot keeps its right of way.
    if (!isInside || event.timeStamp - scrolledMs < SCROLL_PAUSE_MS) scrolledMs = event.timeStamp;
  }
  function zoom(event: WheelEvent): void {
    if (event.timeStamp - scrolledMs < SCROLL_PAUSE_MS) return;
    event.preventDefault();
    onWheel(event, clamp(event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * LINE_PX : event.deltaY, -240, 240));
  }
  const { ownerDocument: page } = surface;
  page.addEventListener("wheel", noteScroll, { passive: true, capture: true });
  surface.addEventListener("wheel", zoom, { passive: false }); // not passive: the page must not scroll while the plane zooms
  return () => {
    page.removeEventListener("wheel", noteScroll, { capture: true });
    surface.removeEventListener("wheel", zoom);
  };
}
