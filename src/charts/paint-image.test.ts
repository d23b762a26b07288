import { expect, test } from "vitest";
import { rgbOf } from "./ink";
import { paintImage } from "./paint-image";

const WHITE = [255, 255, 255] as const;
const ORANGE = [201, 101, 28] as const;
const target = (width: number, height: number) => ({ data: new Uint8ClampedArray(width * height * 4), width, height });
const pixelAt = ({ data, width }: ReturnType<typeof target>, x: number, y: number) => [
  ...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4),
];

test("lays grey values between the two colours, at the given place", () => {
  const image = target(5, 4);
  paintImage(image, 2, 1, [0, 1, 0.5, 0], 1, { height: 2, width: 2, channels: 1 }, WHITE, ORANGE);
  expect(pixelAt(image, 2, 1)).toEqual([...WHITE, 255]);
  expect(pixelAt(image, 3, 1)).toEqual([...ORANGE, 255]);
  expect(pixelAt(image, 2, 2)).toEqual([228, 178, 142, 255]);
  expect(pixelAt(image, 1, 1)).toEqual([0, 0, 0, 0]); // outside: untouched
  expect(pixelAt(image, 4, 2)).toEqual([0, 0, 0, 0]);
});

test("bytes and floats of the same picture come out alike", () => {
  const shape = { height: 1, width: 3, channels: 1 };
  const [bytes, floats] = [target(3, 1), target(3, 1)];
  paintImage(bytes, 0, 0, Uint8Array.of(0, 51, 255), 255, shape, WHITE, ORANGE);
  paintImage(floats, 0, 0, [0, 51 / 255, 1], 1, shape, WHITE, ORANGE);
  expect(bytes.data).toEqual(floats.data);
});

test("clips what lies outside the range; what is no number is empty", () => {
  const image = target(3, 1);
  paintImage(image, 0, 0, [-0.4, 1.7, Number.NaN], 1, { height: 1, width: 3, channels: 1 }, WHITE, ORANGE);
  expect([pixelAt(image, 0, 0), pixelAt(image, 1, 0), pixelAt(image, 2, 0)]).toEqual([
    [...WHITE, 255],
    [...ORANGE, 255],
    [...WHITE, 255],
  ]);
});

test("keeps the colours of a colour image", () => {
  const image = target(2, 1);
  paintImage(image, 0, 0, [1, 0, 0, 0.2, 0.4, 0.6], 1, { height: 1, width: 2, channels: 3 }, WHITE, ORANGE);
  expect([pixelAt(image, 0, 0), pixelAt(image, 1, 0)]).toEqual([
    [255, 0, 0, 255],
    [51, 102, 153, 255],
  ]);
});

test("a theme's colour is read as numbers", () => {
  expect(rgbOf(" #c9651c")).toEqual(ORANGE);
  expect(rgbOf("")).toEqual([0, 0, 0]);
});
