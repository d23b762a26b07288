import { expect, test } from "vitest";
import { frameOrder, gifFrames, pictureOf } from "./film-pictures";

const GREY = { height: 1, width: 2, channels: 1 } as const;

test("pixels are enlarged as squares, grey in all three colours, opaque", () => {
  const { width, height, pixels } = pictureOf([[0, 1]], GREY, 2);
  expect([width, height]).toEqual([4, 2]);
  const row = [0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255, 255];
  expect([...pixels]).toEqual([...row, ...row]);
});

test("colours stay as they are; numbers beyond 0 … 1 are clipped, what is no number is black", () => {
  const { pixels } = pictureOf([[0.2, 0.4, 0.6, -1, 2, Number.NaN]], { height: 1, width: 2, channels: 3 }, 1);
  expect([...pixels]).toEqual([51, 102, 153, 255, 0, 255, 0, 255]);
});

test("a strip has its images side by side with a gap of middle grey", () => {
  const { width, pixels } = pictureOf(
    [
      [0, 0],
      [1, 1],
    ],
    GREY,
    1,
    1,
  );
  expect(width).toBe(5);
  expect([...pixels].filter((_, i) => i % 4 === 0)).toEqual([0, 0, 128, 255, 255]);
});

test("there and back shows either end once", () => {
  expect(frameOrder(4, false)).toEqual([0, 1, 2, 3]);
  expect(frameOrder(4, true)).toEqual([0, 1, 2, 3, 2, 1]);
  expect(frameOrder(1, true)).toEqual([0]);
});

test("a film's frames are its images, at its pace", () => {
  const film = [...gifFrames(Float32Array.of(0, 0, 1, 1), GREY, { scale: 1, framesPerSecond: 20, thereAndBack: false })];
  expect(film.map(({ pixels, delayMs }) => [pixels[0], delayMs])).toEqual([
    [0, 50],
    [255, 50],
  ]);
});
