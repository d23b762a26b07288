// @vitest-environment jsdom
/** Hands on the plot: one finger drags the probe, two move the plane and leave the probe where it stood. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { listenToGestures, type DragMode, type Outline } from "./latent-gestures";

let surface: HTMLElement;
let wishes: string[];
let stop: () => void;
let drag: DragMode;
let outlines: (Outline | null)[];

beforeEach(() => {
  surface = document.createElement("div");
  document.body.append(surface);
  surface.getBoundingClientRect = () => new DOMRect(100, 50, 400, 300);
  surface.setPointerCapture = () => {}; // jsdom has none
  wishes = [];
  outlines = [];
  drag = "probe";
  const note =
    (name: string) =>
    (...numbers: readonly number[]) =>
      void wishes.push([name, ...numbers.map((value) => Math.round(value * 100) / 100)].join(" "));
  stop = listenToGestures(surface, {
    getDrag: () => drag,
    onTurn: note("turn"),
    onOutline: (outline) => void outlines.push(outline),
    onGrab: note("grab"),
    onProbe: note("probe"),
    onRelease: note("release"),
    onPan: note("pan"),
    onZoom: note("zoom"),
    onPass: (place) => void wishes.push(place === null ? "pass none" : `pass ${place.xPx} ${place.yPx} within ${place.radiusPx}`),
  });
});

afterEach(() => {
  stop();
  surface.remove();
});

function point(type: string, x: number, y: number, options: PointerEventInit = {}): void {
  surface.dispatchEvent(
    new PointerEvent(type, { clientX: 100 + x, clientY: 50 + y, pointerType: "mouse", pointerId: 1, bubbles: true, ...options }),
  );
}
const finger = (pointerId: number): PointerEventInit => ({ pointerType: "touch", pointerId });

test("a press puts the probe there, and it is dragged until released, no farther than the plot", () => {
  point("pointerdown", 10, 20);
  point("pointermove", 30, 40);
  point("pointermove", 900, -40);
  point("pointerup", 900, -40);
  point("pointermove", 50, 50);
  expect(wishes).toEqual(["pass none", "grab", "probe 10 20", "probe 30 40", "probe 400 0", "pass 50 50 within 9"]);
});

test("Shift or the middle button moves the plane instead", () => {
  point("pointerdown", 10, 20, { shiftKey: true });
  point("pointermove", 15, 18);
  point("pointerup", 15, 18);
  point("pointerdown", 10, 20, { button: 1 });
  point("pointermove", 10, 30);
  point("pointerup", 10, 30);
  expect(wishes).toEqual(["pan 5 -2", "pan 0 10"]);
});

test("the secondary button is left alone", () => {
  point("pointerdown", 10, 20, { button: 2 });
  expect(wishes).toEqual([]);
});

test("a second finger gives the probe back and pinches; the one that stays pans", () => {
  point("pointerdown", 100, 100, finger(1));
  point("pointerdown", 200, 100, finger(2));
  wishes.length = 0;
  point("pointermove", 300, 100, finger(2));
  expect(wishes).toEqual(["pan 50 0", "zoom 2 200 100"]);
  point("pointerup", 300, 100, finger(2));
  point("pointermove", 110, 100, finger(1));
  point("pointerup", 110, 100, finger(1));
  expect(wishes.slice(2)).toEqual(["pan 10 0"]);
  point("pointerdown", 10, 10, finger(3));
  expect(wishes.slice(3)).toEqual(["pass none", "grab", "probe 10 10"]);
});

test("the probe goes back where it stood when a second finger follows", () => {
  point("pointerdown", 100, 100, finger(1));
  point("pointerdown", 200, 100, finger(2));
  expect(wishes).toEqual(["pass none", "grab", "probe 100 100", "release"]);
});

test("a tap marks what is near it, a drag does not", () => {
  point("pointerdown", 100, 100, finger(1));
  point("pointermove", 103, 100, finger(1));
  point("pointerup", 103, 100, finger(1));
  expect(wishes.at(-1)).toBe("pass 103 100 within 22");
  point("pointerdown", 100, 100, finger(1));
  point("pointermove", 140, 100, finger(1));
  point("pointerup", 140, 100, finger(1));
  expect(wishes.at(-1)).toBe("probe 140 100");
});

test("a passing mouse marks, and leaves nothing marked behind it; a passing finger does not exist", () => {
  point("pointermove", 5, 6);
  point("pointerleave", 0, 6);
  point("pointermove", 5, 6, finger(1));
  expect(wishes).toEqual(["pass 5 6 within 9", "pass none"]);
});

test("the right button turns the map, two fingers turn it by their angle, and so does any drag that is to", () => {
  point("pointerdown", 10, 20, { button: 2 });
  point("pointermove", 25, 18, { button: 2 });
  point("pointerup", 25, 18, { button: 2 });
  expect(wishes).toEqual(["turn 15 -2"]);
  drag = "turn";
  point("pointerdown", 10, 20);
  point("pointermove", 30, 20);
  point("pointerup", 30, 20);
  expect(wishes.slice(1)).toEqual(["turn 20 0"]);
  point("pointerdown", 100, 100, finger(1));
  point("pointerdown", 200, 100, finger(2));
  point("pointermove", 200, 110, finger(2));
  expect(wishes.at(-1)).toBe("turn 9.97 0"); // 100 · atan(10 / 100)
});

test("a box is told with its corners while it is drawn, and once more when it is done; Shift adds, Alt takes away", () => {
  drag = "box";
  point("pointerdown", 10, 20);
  point("pointermove", 30, 50);
  point("pointerup", 30, 50);
  const corners = [
    [10, 20],
    [30, 20],
    [30, 50],
    [10, 50],
  ];
  expect(outlines).toEqual([
    { corners, change: "replace", isDone: false },
    { corners, change: "replace", isDone: true },
  ]);
  point("pointerdown", 10, 20, { shiftKey: true });
  point("pointermove", 30, 50);
  expect(outlines.at(-1)!.change).toBe("add");
  point("pointercancel", 30, 50);
  expect(outlines.at(-1)).toBeNull();
  expect(wishes).toEqual(["pass none", "pass none"]); // no card in the way; Shift does not pan here, and the probe stays
  drag = "lasso";
  point("pointerdown", 10, 20, { altKey: true });
  for (const [x, y] of [
    [11, 20],
    [40, 20],
    [40, 60],
  ] as const) {
    point("pointermove", x, y);
  }
  point("pointerup", 40, 60);
  expect(outlines.at(-1)).toEqual({
    corners: [
      [10, 20],
      [40, 20],
      [40, 60],
    ],
    change: "remove",
    isDone: true,
  });
});

test("a tap marks in every kind of drag, and a second finger ends an outline", () => {
  drag = "lasso";
  point("pointerdown", 100, 100, finger(1));
  point("pointerup", 100, 100, finger(1));
  expect(wishes).toEqual(["pass none", "pass 100 100 within 22"]);
  point("pointerdown", 100, 100, finger(1));
  point("pointermove", 150, 100, finger(1));
  point("pointerdown", 200, 100, finger(2));
  point("pointermove", 300, 100, finger(2));
  expect(outlines.at(-1)).toBeNull();
  expect(wishes.at(-1)).toMatch(/^zoom/);
});

function turn(target: EventTarget, deltaY: number, options: WheelEventInit = {}): WheelEvent {
  const event = new WheelEvent("wheel", { deltaY, clientX: 300, clientY: 200, bubbles: true, cancelable: true, ...options });
  target.dispatchEvent(event);
  return event;
}

test("a wheel zooms about the pointer and does not scroll the page", () => {
  expect(turn(surface, -100).defaultPrevented).toBe(true);
  expect(wishes).toEqual(["zoom 1.17 200 150"]);
  turn(surface, 100, { ctrlKey: true });
  expect(wishes[1]).toBe("zoom 0.33 200 150"); // a trackpad's pinch
});

test("a scroll of the page goes on over the plot", () => {
  turn(document.body, 100);
  expect(turn(surface, 100).defaultPrevented).toBe(false);
  expect(wishes).toEqual([]);
});
