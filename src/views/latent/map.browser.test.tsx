/**
 * The map under hands, with real stores, real canvases and a small real network: tiles at
 * other zooms, images in the place of points, boxes around points.
 */
import { afterEach, beforeEach, expect, test } from "vitest";
import { userEvent } from "vitest/browser";
import { decode } from "../../model/forward";
import type { WeightTable } from "../../protocol/messages";
import { countOf, frames, IMAGES, mount, open, page, pixelsOf, plot, receive, unmount } from "../../testing/latent-page";

beforeEach(mount);
afterEach(unmount);

/** The tile of the grid that shows a pixel of the plot is the decode of the place under that tile's middle. */
function expectTrueTiles(weights: WeightTable, unit: number, middle: readonly [number, number]): void {
  const { width } = grid();
  const data = pixelsOf(grid());
  const [box, place] = [plot().getBoundingClientRect(), grid().getBoundingClientRect()];
  const tilePx = place.width / (width / 28);
  for (const [column, row] of [
    [2, 1],
    [6, 5],
    [9, 8],
  ] as const) {
    const z = Float32Array.of(
      middle[0] + (place.x + (column + 0.5) * tilePx - (box.x + box.width / 2)) / unit,
      middle[1] - (place.y + (row + 0.5) * tilePx - (box.y + box.height / 2)) / unit,
    );
    const decoded = decode(page.stores.run.getState().network, weights, z, 1);
    for (const pixel of [0, 406, 783]) {
      const at = ((row * 28 + Math.floor(pixel / 28)) * width + column * 28 + (pixel % 28)) * 4;
      const green = 255 + decoded[pixel]! * 0.3 * (0x48 - 255); // faint --latent on a white card
      expect(Math.abs(data[at + 1]! - green)).toBeLessThanOrEqual(2); // bytes, and places read back from the layout
    }
  }
}

const grid = () => page.host.querySelector<HTMLCanvasElement>('figure[aria-label="Decoder grid"] canvas')!;
const gridStep = () => (grid().getBoundingClientRect().width * 28) / grid().width;

test("tiles are true at every zoom, and those seen before are back within a few frames", async () => {
  await open();
  const weights = await receive(1);
  await frames(30);
  const box = plot().getBoundingClientRect();
  const unit = Math.min(box.width, box.height) / 7;
  const before = { pixels: pixelsOf(grid()).slice(), width: grid().width, height: grid().height, step: gridStep() };
  const turn = (deltaY: number) =>
    plot().dispatchEvent(
      new WheelEvent("wheel", {
        deltaY,
        clientX: box.x + box.width / 2,
        clientY: box.y + box.height / 2,
        bubbles: true,
        cancelable: true,
      }),
    );
  turn(-200);
  turn(-200);
  await frames(40);
  expectTrueTiles(weights, unit * Math.exp(0.64), [0, 0]); // 400 pixels of wheel
  turn(200);
  turn(200);
  /** Under a hand the picture reaches a tile further on every side; what is in view is in its middle. */
  const isAsBefore = () => {
    const [right, down] = [(grid().width - before.width) / 2, (grid().height - before.height) / 2];
    if (right < 0 || down < 0) return false;
    const { data } = grid().getContext("2d")!.getImageData(right, down, before.width, before.height);
    return data.every((value, i) => value === before.pixels[i]);
  };
  let waited = 0;
  do await frames(1);
  while (!isAsBefore() && ++waited < 8);
  expect(isAsBefore()).toBe(true);
  expect(gridStep()).toBeCloseTo(before.step, 3);
  await frames(20);
  expect([grid().width, grid().height]).toEqual([before.width, before.height]); // at rest it is no larger than it need be
  expect(pixelsOf(grid()).every((value, i) => value === before.pixels[i])).toBe(true);
});

test("zoomed in far enough, points are the images behind them", async () => {
  await open();
  await receive(1);
  await new Promise((resolve) => setTimeout(resolve, 500)); // what comes after the first picture
  const { posteriorMean } = page.stores.run.getState().snapshot!;
  const box = plot().getBoundingClientRect();
  const { clientWidth, clientHeight } = plot(); // whole pixels, as the plot is laid out
  const unit = Math.min(clientWidth, clientHeight) / 7;
  const spot = { x: box.x + clientWidth / 2 + posteriorMean[0]! * unit, y: box.y + clientHeight / 2 - posteriorMean[1]! * unit };
  // A wheel is told in whole pixels: what a zoom of e^(26 · 0.16) leaves in place is that pixel, and the point moves away from it.
  const [x, y] = [Math.floor(spot.x), Math.floor(spot.y)];
  for (let i = 0; i < 26; i++) {
    plot().dispatchEvent(new WheelEvent("wheel", { deltaY: -100, clientX: x, clientY: y, bubbles: true, cancelable: true }));
  }
  const factor = Math.exp(26 * 0.16);
  const canvas = plot();
  const ratio = canvas.width / box.width;
  // 20 pixels up and to the left of its middle, within its image of 64.
  const left = Math.round((x + (spot.x - x) * factor - box.x - 20) * ratio);
  const top = Math.round((y + (spot.y - y) * factor - box.y - 20) * ratio);
  // Image 0 is plain black bytes: card-coloured, white; around it a frame of class 0's colour.
  await expect
    .poll(() => [...canvas.getContext("2d")!.getImageData(left, top, 1, 1).data], { timeout: 8_000 })
    .toEqual([255, 255, 255, 255]);
  expect(countOf("#28118e")).toBeGreaterThan(64); // class 0: a frame, where a dot would be smaller
});

test("a box selects the shown points in it, Shift adds, Escape lets go, and the probe stays", async () => {
  await open();
  await receive(1);
  await new Promise((resolve) => setTimeout(resolve, 500));
  page.stores.preferences.getState().toggleClass(3);
  page.stores.explorer.getState().set({ drag: "box" });
  await frames(2);
  const box = plot().getBoundingClientRect();
  const unit = Math.min(box.width, box.height) / 7;
  const z = page.stores.probe.getState().z;
  const drag = (from: readonly [number, number], to: readonly [number, number], init: PointerEventInit = {}) => {
    const fire = (type: string, [x, y]: readonly [number, number]) =>
      plot().dispatchEvent(
        new PointerEvent(type, { clientX: box.x + x, clientY: box.y + y, pointerId: 1, pointerType: "mouse", bubbles: true, ...init }),
      );
    fire("pointerdown", from);
    fire("pointermove", to);
    fire("pointerup", to);
  };
  plot().setPointerCapture = () => {}; // of a pointer that is none
  const inBox = (left: number, top: number, right: number, bottom: number) => {
    const { posteriorMean } = page.stores.run.getState().snapshot!;
    return Array.from({ length: IMAGES }, (_, i) => i).filter((i) => {
      const [x, y] = [box.width / 2 + posteriorMean[i * 2]! * unit, box.height / 2 - posteriorMean[i * 2 + 1]! * unit];
      return i % 10 !== 3 && x >= left && x <= right && y >= top && y <= bottom;
    });
  };
  const half = box.width / 2;
  drag([0, 0], [half, box.height]);
  const first = inBox(0, 0, half, box.height);
  const rest = inBox(half, 0, box.width, box.height);
  expect(page.stores.explorer.getState().selection).toEqual(first.length === 0 ? null : first);
  drag([half, 0], [box.width, box.height], { shiftKey: true });
  expect(page.stores.explorer.getState().selection).toEqual([...first, ...rest].toSorted((a, b) => a - b));
  expect(page.stores.explorer.getState().selection!.length).toBeGreaterThan(0);
  expect(page.stores.probe.getState().z).toEqual(z);
  await userEvent.keyboard("{Escape}");
  expect(page.stores.explorer.getState().selection).toBeNull();
});
