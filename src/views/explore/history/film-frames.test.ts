import { expect, test } from "vitest";
import type { Rgb } from "../../../charts/ink";
import type { GifFrame } from "../../../exchange/gif";
import { initialWeights } from "../../../model/initial-weights";
import { describeNetwork } from "../../../model/network";
import type { Snapshot } from "../../../protocol/messages";
import { DEFAULT_CONFIG, type RunConfig } from "../../../protocol/run-config";
import { packMoment, type Moment } from "../../../store/moments";
import { mapOf } from "../../latent/use-map";
import { writeNumber } from "./digits";
import { filmFrames, type FilmOptions, type FilmScene } from "./film-frames";
import { FilmPalette, filmColours, type PaletteInks } from "./film-palette";

const INKS: PaletteInks = { card: [255, 255, 255], grid: [120, 72, 179], ink: [0, 0, 0], classes: [[200, 0, 0], [0, 0, 200]] }; // prettier-ignore
const OPTIONS: FilmOptions = { sidePx: 120, momentMs: 350, hasGrid: true, hasPoints: true, hasStep: true, inks: INKS };

/** A model of 2 × 2 images whose pixels are σ(bias), with two codes. */
function moment(step: number, bias: number, config: RunConfig, codes: readonly number[]): Moment {
  const network = networkOf(config);
  const weights = Object.fromEntries(Object.entries(initialWeights(network, "pytorch", 1)).map(([name, values]) => [name, values.fill(0)]));
  weights["output.bias"]!.fill(bias);
  const snapshot: Snapshot = {
    id: step,
    step,
    weights,
    posteriorMean: Float32Array.from(codes),
    posteriorLogVar: null,
    exampleIndices: [],
    reconstructions: new Float32Array(0),
    exampleLosses: new Float32Array(0),
    adversarial: null,
  };
  return { step, model: { kind: "whole", snapshot } };
}

const networkOf = (config: RunConfig) => describeNetwork(config, { height: 2, width: 2, channels: 1 });
const CONFIG: RunConfig = { ...DEFAULT_CONFIG, encoder: [], decoder: [{ units: 2, activation: "relu" }] };

function sceneOf(moments: readonly Moment[], config: RunConfig = CONFIG): FilmScene {
  const { latentDim } = config;
  return {
    moments,
    network: networkOf(config),
    map: mapOf({ choice: { kind: "axes" }, basis: null, embedding: null, latentDim, axes: [0, latentDim - 1] }),
    rest: Array.from({ length: latentDim }, () => 0),
    told: 0,
    labels: Uint8Array.of(0, 1),
    classes: 2,
    hiddenClasses: new Set(),
    hasPrior: true,
  };
}

async function framesOf(scene: FilmScene, options = OPTIONS, signal = new AbortController().signal): Promise<GifFrame[]> {
  const frames: GifFrame[] = [];
  for await (const frame of filmFrames(scene, options, signal)) frames.push(frame);
  return frames;
}

const at = ({ pixels }: GifFrame, x: number, y: number): readonly number[] => [
  ...pixels.subarray((y * 120 + x) * 4, (y * 120 + x) * 4 + 3),
];
const near = (a: readonly number[], b: Rgb) => a.every((value, c) => Math.abs(value - b[c]!) <= 8);

test("every moment is a frame of the same size and time, opaque, and the last one stays longer", async () => {
  const scene = sceneOf([0, 1, 5].map((step) => moment(step, 0, CONFIG, [0, 0, 1, 1])));
  const frames = await framesOf(scene);
  expect(frames.map(({ pixels, delayMs }) => [pixels.length, delayMs])).toEqual([
    [120 * 120 * 4, 350],
    [120 * 120 * 4, 350],
    [120 * 120 * 4, 1_400],
  ]);
  expect(frames[0]!.pixels.every((value, i) => i % 4 !== 3 || value === 255)).toBe(true);
});

test("the grid is what the decoder makes of it at that moment, card to full ink", async () => {
  const scene = sceneOf([moment(0, -20, CONFIG, [0, 0, 1, 1]), moment(1, 20, CONFIG, [0, 0, 1, 1])]);
  const [blank, full] = await framesOf(scene, { ...OPTIONS, hasPoints: false, hasStep: false });
  expect(at(blank!, 60, 60)).toEqual([...INKS.card]);
  expect(at(full!, 60, 60)).toEqual([...INKS.grid]);
});

test("points stand where their codes are, up is more, in the colours of their classes, and one view serves all frames", async () => {
  // The prior's plane of ±3.5 over 120 pixels: 17.1 pixels to a unit.
  const scene = sceneOf([moment(0, -20, CONFIG, [0, 0, 0, 0]), moment(1, -20, CONFIG, [2, 0, 0, 2])]);
  const [first, second] = await framesOf(scene, { ...OPTIONS, hasStep: false });
  expect(near(at(first!, 60, 60), INKS.classes[1]!)).toBe(true); // the later point lies on top
  expect(near(at(second!, 94, 60), INKS.classes[0]!)).toBe(true);
  expect(near(at(second!, 60, 25), INKS.classes[1]!)).toBe(true);
  expect(at(second!, 60, 60)).toEqual([...INKS.card]);
  const [hidden] = await framesOf({ ...scene, hiddenClasses: new Set([0, 1]) }, { ...OPTIONS, hasStep: false });
  expect(at(hidden!, 60, 60)).toEqual([...INKS.card]);
});

test("a packed moment gives the same frame as one that is not", async () => {
  const whole = moment(3, 0.5, CONFIG, [1, 1, -1, 0.5]);
  const [one] = await framesOf(sceneOf([whole]));
  const [other] = await framesOf(sceneOf([await packMoment(whole)]));
  expect(other!.pixels).toEqual(one!.pixels); // all its numbers are halves already
});

test("one dimension is a line: lanes of points over a strip of decodes", async () => {
  const config: RunConfig = { ...CONFIG, latentDim: 1 };
  const [frame] = await framesOf(sceneOf([moment(0, 20, config, [-3, 3])], config), { ...OPTIONS, hasPoints: false, hasStep: false });
  expect(at(frame!, 60, 95)).toEqual([...INKS.grid]); // above the axis' 20 pixels
  expect(at(frame!, 60, 40)).toEqual([...INKS.card]);
});

test("a film that is called off makes no more frames", async () => {
  const control = new AbortController();
  const frames = filmFrames(sceneOf([0, 1].map((step) => moment(step, 0, CONFIG, [0, 0, 1, 1]))), OPTIONS, control.signal);
  await frames.next();
  control.abort(new DOMException("called off", "AbortError"));
  await expect(frames.next()).rejects.toThrow("called off");
  expect(await framesOf(sceneOf([]))).toEqual([]);
});

test("the step is written in ink on a plate of the card's colour", () => {
  const target = { data: new Uint8ClampedArray(20 * 10 * 4), width: 20, height: 10 };
  writeNumber(target, 41, 1, [9, 9, 9], [200, 200, 200]);
  const rows = Array.from({ length: 7 }, (_, y) =>
    Array.from({ length: 9 }, (_, x) => (target.data[((3 + y) * 20 + x) * 4] === 9 ? "#" : ".")).join(""),
  );
  expect(rows).toEqual([".........", ".#.#..#..", ".#.#.##..", ".###..#..", "...#..#..", "...#.###.", "........."]);
  expect(target.data[2 * 20 * 4 + 3]).toBe(0); // nothing above the plate
  expect(target.data[(3 * 20 + 9) * 4 + 3]).toBe(0); // nor beside it
});

test("a film has at most 256 colours, and a colour of the palette stays what it is", () => {
  const inks = { ...INKS, classes: Array.from({ length: 10 }, (_, i): Rgb => [25 * i, 250 - 25 * i, (i * 97) % 256]) };
  for (const isColour of [false, true]) expect(filmColours(inks, isColour).length).toBeLessThanOrEqual(256);
  const palette = new FilmPalette(filmColours(inks, false));
  const pixels = Uint8ClampedArray.of(...INKS.card, 255, ...INKS.grid, 255, ...INKS.ink, 255);
  const before = [...pixels];
  palette.apply(pixels);
  expect([...pixels]).toEqual(before);
});
