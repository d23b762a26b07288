/** A mouse, a finger or a pen on the sheet, as points of a stroke. */
import type { PenPoint } from "../../../model/stroke-raster";

export interface PenHands {
  /** Of a stroke that is pressed neither hard nor lightly. */
  readonly radius: () => number;
  readonly press: (point: PenPoint) => void;
  readonly extend: (points: readonly PenPoint[]) => void;
}

/** Listens on `sheet` until called. One pointer draws at a time; a second finger is somebody scrolling. */
export function listenForPen(sheet: HTMLElement, { radius, press, extend }: PenHands): () => void {
  let drawing: number | null = null;

  const pointOf = (event: PointerEvent): PenPoint => {
    const { left, top, width, height } = sheet.getBoundingClientRect();
    return { x: (event.clientX - left) / width, y: (event.clientY - top) / height, radius: radius() * pressureOf(event) };
  };
  const onDown = (event: PointerEvent) => {
    if (drawing !== null || event.button !== 0) return;
    event.preventDefault(); // no text is selected on the way
    drawing = event.pointerId;
    sheet.setPointerCapture?.(event.pointerId);
    press(pointOf(event));
  };
  const onMove = (event: PointerEvent) => {
    if (event.pointerId !== drawing) return;
    // A fast hand leaves several places between two frames.
    const passed = event.getCoalescedEvents?.() ?? [];
    extend((passed.length > 0 ? passed : [event]).map(pointOf));
  };
  const onEnd = (event: PointerEvent) => {
    if (event.pointerId === drawing) drawing = null;
  };
  sheet.addEventListener("pointerdown", onDown);
  sheet.addEventListener("pointermove", onMove);
  sheet.addEventListener("pointerup", onEnd);
  sheet.addEventListener("pointercancel", onEnd);
  return () => {
    sheet.removeEventListener("pointerdown", onDown);
    sheet.removeEventListener("pointermove", onMove);
    sheet.removeEventListener("pointerup", onEnd);
    sheet.removeEventListener("pointercancel", onEnd);
  };
}

/** Half to one and a half times the radius for a pen; mice and fingers press alike (and say 0.5, or nothing). */
function pressureOf({ pointerType, pressure }: PointerEvent): number {
  return pointerType === "pen" ? 0.5 + pressure : 1;
}
