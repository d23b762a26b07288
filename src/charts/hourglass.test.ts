import { area, curveBumpX } from "d3";
import { expect, test } from "vitest";
import { layoutHourglass, LEAST_HEIGHT_PX, stageHeight, type Box, type HourglassFrame } from "./hourglass";

const FRAME: HourglassFrame = {
  side: "encoder",
  widthPx: 256,
  heightPx: 400,
  layers: [400],
  pixels: 784,
  latentDim: 2,
  widest: 784,
  blockPx: 48,
  leastBlockPx: 32,
  platePx: 12,
  gapPx: 28,
  leadPx: 16,
  hasHeads: true,
};
const endOf = ({ x, width }: Box) => x + width;

test("heights are logarithmic in the units, and the widest stage gets all of it", () => {
  expect(stageHeight(784, 784, 400)).toBe(400);
  expect(stageHeight(400, 784, 400)).toBeCloseTo((400 * Math.log(401)) / Math.log(785), 9);
  expect(stageHeight(20, 784, 400) / stageHeight(2, 784, 400)).toBeCloseTo(Math.log(21) / Math.log(3), 9);
});

test("no stage gets too low to touch, whatever is being typed", () => {
  for (const units of [1, 0, -3, Number.NaN]) expect(stageHeight(units, 784, 400)).toBeGreaterThanOrEqual(LEAST_HEIGHT_PX);
  expect(stageHeight(1, 784, 100)).toBe(LEAST_HEIGHT_PX);
});

test("the encoder runs from the pixels to its heads and fills the width", () => {
  const { widthPx, plate, blocks, heads, gaps } = layoutHourglass(FRAME);
  expect(widthPx).toBe(256);
  expect(plate).toMatchObject({ x: 0, y: 0, height: 400 });
  expect(blocks).toHaveLength(1);
  expect(blocks[0]!.x).toBeGreaterThan(endOf(plate));
  expect(heads!.x).toBeGreaterThan(endOf(blocks[0]!));
  expect(endOf(heads!) + FRAME.leadPx).toBeCloseTo(256, 9);
  expect(gaps.map(({ index }) => index)).toEqual([0, 1]);
  expect(gaps[0]!.x).toBeCloseTo((endOf(plate) + blocks[0]!.x) / 2, 9);
  expect(gaps[1]!.x).toBeCloseTo((endOf(blocks[0]!) + heads!.x) / 2, 9);
});

test("stages are centred on one axis", () => {
  const { plate, blocks, heads } = layoutHourglass(FRAME);
  for (const { y, height } of [plate, ...blocks, heads!]) expect(y + height / 2).toBeCloseTo(200, 9);
});

test("the decoder is the mirror image, in data order", () => {
  const encoder = layoutHourglass({ ...FRAME, layers: [500, 100], hasHeads: false });
  const decoder = layoutHourglass({ ...FRAME, side: "decoder", layers: [100, 500], hasHeads: false });
  expect(decoder.blocks.map(({ height }) => height)).toEqual(encoder.blocks.toReversed().map(({ height }) => height));
  expect(decoder.blocks.map((box) => 256 - endOf(box))).toEqual(encoder.blocks.toReversed().map(({ x }) => x));
  expect(endOf(decoder.plate)).toBe(256);
  expect(decoder.gaps.map(({ index }) => index)).toEqual([0, 1, 2]);
  expect(decoder.gaps[0]!.x).toBeLessThan(decoder.blocks[0]!.x);
});

test("boxes get narrower before the layout gets wider than its room", () => {
  const tight = layoutHourglass({ ...FRAME, layers: [400, 200] });
  const width = Math.floor((256 - 12 - 16 - 3 * 28) / 3);
  expect(tight.blocks.map((box) => box.width)).toEqual([width, width]);
  expect(tight.heads!.width).toBe(width);
  expect(tight.widthPx).toBeCloseTo(256, 9);
});

test("layers that do not fit widen the layout; boxes and the buttons between them keep their least size", () => {
  const deep = layoutHourglass({ ...FRAME, layers: [400, 300, 200, 100, 50] });
  expect(deep.widthPx).toBe(12 + 6 * 32 + 16 + 6 * 28);
  expect(deep.gaps.map(({ width }) => width)).toEqual([28, 28, 28, 28, 28, 28]);
});

const numbers = (text: string) => text.match(/-?[\d.]+/g)!.map(Number);

test("the silhouette is d3's area of bumps through the corners", () => {
  const { path, plate, blocks, heads } = layoutHourglass(FRAME);
  const stages = [plate, ...blocks, heads!, { x: 256, y: 0, width: 0, height: stageHeight(2, 784, 400) }];
  const corners = stages.flatMap(({ x, width, height }) =>
    width > 0 ? [[x, height] as const, [x + width, height] as const] : [[x, height] as const],
  );
  const theirs = area<readonly [number, number]>()
    .x(([x]) => x)
    .y0(([, height]) => (400 + height) / 2)
    .y1(([, height]) => (400 - height) / 2)
    .curve(curveBumpX)(corners)!;
  expect(path.replace(/[-\d.,]/g, "")).toBe(theirs.replace(/[-\d.,]/g, ""));
  numbers(theirs).forEach((value, i) => expect(numbers(path)[i]).toBeCloseTo(value, 2)); // both are written with three decimals
});

/** Half the height of the outline at its given x positions, read back from the path. */
function outline(path: string): { x: number; y: number }[] {
  return [...path.matchAll(/[MLC]([^MLCZ]*)/g)].map(([, text]) => {
    const numbers = text!.split(",").map(Number);
    return { x: numbers.at(-2)!, y: numbers.at(-1)! };
  });
}

test("the silhouette passes through the corners of every stage and covers the whole width", () => {
  for (const side of ["encoder", "decoder"] as const) {
    const { path, plate, blocks, heads } = layoutHourglass({ ...FRAME, side });
    const points = outline(path);
    for (const { x, y, width, height } of [plate, ...blocks, heads!]) {
      for (const corner of [
        [x, y],
        [x + width, y],
        [x, y + height],
        [x + width, y + height],
      ] as const) {
        // d3 prints three decimals.
        expect(points.some((point) => Math.abs(point.x - corner[0]) < 1e-3 && Math.abs(point.y - corner[1]) < 1e-3)).toBe(true);
      }
    }
    expect(Math.min(...points.map(({ x }) => x))).toBeCloseTo(0, 3);
    expect(Math.max(...points.map(({ x }) => x))).toBeCloseTo(256, 3);
  }
});

test("a width that is being typed gives a picture, not NaN", () => {
  const { path, blocks } = layoutHourglass({ ...FRAME, layers: [Number.NaN] });
  expect(path).not.toContain("NaN");
  expect(blocks[0]!.height).toBe(LEAST_HEIGHT_PX);
});
