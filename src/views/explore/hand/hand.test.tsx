// @vitest-environment jsdom
/** The visitor's own picture, from the sheet to the map: by role and name, against the plain pass. */
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { loadTexts } from "../../../i18n/i18n";
import { frameFor } from "../../../model/digit-frame";
import { encode } from "../../../model/forward";
import { initialWeights } from "../../../model/initial-weights";
import { pixelCount } from "../../../protocol/datasets";
import type { ReadyReport, Snapshot } from "../../../protocol/messages";
import { DEFAULT_CONFIG, DEFAULT_OPTIONS, POINT_DEFAULTS, type RunConfig } from "../../../protocol/run-config";
import { createDraftStore } from "../../../store/draft-store";
import { createExplorerStore } from "../../../store/explorer-store";
import { createPreferencesStore } from "../../../store/preferences-store";
import { createProbeStore } from "../../../store/probe-store";
import { createRunStore } from "../../../store/run-store";
import { NO_SURVEY } from "../../../testing/no-survey";
import { StoresProvider, type Stores } from "../../stores";
import { HandPanel } from "./HandPanel";
import { handStoreOf } from "./hand-store";

const layer = { units: 4, activation: "relu" as const };
const IMAGES = 6;
let stores: Stores;
/** Frames come when told. */
let frames: (() => void)[];
const frame = () => act(() => frames.splice(0).forEach((onFrame) => onFrame()));

beforeEach(() => {
  frames = [];
  vi.stubGlobal("requestAnimationFrame", (onFrame: () => void) => frames.push(onFrame));
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
  vi.spyOn(HTMLCanvasElement.prototype, "getBoundingClientRect").mockReturnValue(new DOMRect(0, 0, 200, 200));
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** A model as it stands at a step; another step has other weights. */
function send(step: number): void {
  const { runId, receive, config, network, material } = stores.run.getState();
  const latentDim = config.latentDim;
  const snapshot: Snapshot = {
    id: step + 1,
    step,
    weights: initialWeights(network, config.initialiser, step + 1),
    posteriorMean: Float32Array.from({ length: IMAGES * latentDim }, (_, i) => i / 7),
    posteriorLogVar: config.model === "ae" ? null : new Float32Array(IMAGES * latentDim),
    exampleIndices: [],
    reconstructions: new Float32Array(),
    exampleLosses: new Float32Array(),
    adversarial: null,
  };
  if (material === null) {
    const pixels = Uint8Array.from({ length: IMAGES * pixelCount(network.image) }, (_, i) => (i * 37) % 256);
    const examples = { pixels, labels: Uint8Array.from({ length: IMAGES }, (_, i) => i % 2) };
    const classNames = { en: ["zero", "one"], zh: ["零", "一"] };
    receive({ type: "ready", runId, report: { image: network.image, classNames, examples } as unknown as ReadyReport });
  }
  receive({ type: "snapshot", runId, snapshot });
}

async function open(change: Partial<RunConfig> = {}) {
  await Promise.all([loadTexts("hand"), loadTexts("adversary")]);
  const config = { ...DEFAULT_CONFIG, encoder: [layer], decoder: [layer], ...change };
  stores = {
    draft: createDraftStore({ config, options: DEFAULT_OPTIONS }),
    run: createRunStore(() => {}, { config, options: DEFAULT_OPTIONS }),
    probe: createProbeStore(config.latentDim),
    preferences: createPreferencesStore(null),
    explorer: createExplorerStore(),
    survey: NO_SURVEY,
  };
  send(0);
  await act(async () =>
    render(
      <StoresProvider value={stores}>
        <HandPanel />
      </StoresProvider>,
    ),
  );
}

const sheet = () => screen.getByRole("img", { name: /Drawing sheet/ });
const pen = (type: "pointerDown" | "pointerMove" | "pointerUp", x: number, y: number, more: object = {}) =>
  fireEvent(
    sheet(),
    new PointerEvent(type.toLowerCase(), { clientX: x, clientY: y, pointerId: 1, pointerType: "mouse", button: 0, bubbles: true, ...more }),
  );
function stroke(from: readonly [number, number], to: readonly [number, number]): void {
  pen("pointerDown", ...from);
  pen("pointerMove", ...to);
  pen("pointerUp", ...to);
}
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole("button", { name }));
const drop = (file: File) => act(async () => fireEvent.drop(sheet(), { dataTransfer: { files: [file] } }));
const begin = (change: Partial<RunConfig>) =>
  act(() => stores.run.getState().prepare({ ...DEFAULT_CONFIG, encoder: [layer], decoder: [layer], ...change }, DEFAULT_OPTIONS));
const hand = () => stores.explorer.getState().hand;
const store = () => handStoreOf(stores).getState();

test("a drawing is framed as MNIST's digits, encoded once a frame, and lands on the map", async () => {
  await open();
  screen.getByText("Nothing drawn yet.");
  stroke([60, 40], [120, 160]);
  expect(frames.length).toBe(1); // whatever came between two frames
  expect(hand()).toBeNull();
  frame();
  const { network, snapshot } = stores.run.getState();
  const pixels = frameFor("mnist", store().input, [0])!.at(-1)!.picture.pixels;
  expect(hand()).toEqual({ pixels, ...encode(network, snapshot!.weights, pixels, 1) });
  expect(pixels.some((ink) => ink > 0.9)).toBe(true);
  screen.getByText(/longer side to 20/);
  screen.getByText("centre of mass in the middle, 28×28");
  screen.getByText(/nats/, { selector: "div:first-child" });
});

test("undo and clear", async () => {
  await open();
  stroke([60, 40], [120, 160]);
  frame();
  const one = hand()!.pixels;
  stroke([20, 40], [180, 40]);
  frame();
  expect(hand()!.pixels).not.toEqual(one);
  press("Undo");
  frame();
  expect(hand()!.pixels).toEqual(one);
  press("Clear");
  frame();
  expect(hand()).toBeNull();
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Undo" }).disabled).toBe(true);
});

test("a pen that presses harder draws a wider line; a second finger draws nothing", async () => {
  await open();
  pen("pointerDown", 50, 100, { pointerType: "pen", pressure: 1 });
  pen("pointerDown", 150, 100, { pointerId: 2, pointerType: "touch" });
  pen("pointerMove", 160, 100, { pointerId: 2, pointerType: "touch" });
  expect(store().strokes.map(({ points }) => points)).toEqual([[{ x: 0.25, y: 0.5, radius: 0.045 * 1.5 }]]);
});

test("it is encoded anew with each model, also while the panel is closed", async () => {
  await open();
  stroke([60, 40], [120, 160]);
  frame();
  const before = hand()!;
  cleanup();
  act(() => send(1));
  frame();
  expect(hand()!.pixels).toBe(before.pixels);
  expect(hand()!.mean).not.toEqual(before.mean);
  const { network, snapshot } = stores.run.getState();
  expect(hand()!.mean).toEqual(encode(network, snapshot!.weights, before.pixels, 1).mean);
});

test("an example begins without a pen, as it is; the probe goes there and it is pinned", async () => {
  await open();
  press("Take an example");
  frame();
  const { material } = stores.run.getState();
  expect(hand()!.pixels).toEqual(Float32Array.from(material!.examples.pixels.subarray(0, 784), (byte) => byte / 255));
  screen.getByText("A held-out image as it is in the data set.");
  press("Put the probe there");
  expect(stores.probe.getState().z).toEqual(Array.from(hand()!.mean));
  press("Pin");
  expect(stores.explorer.getState().pins).toMatchObject([{ id: 1, origin: "hand", z: Array.from(hand()!.mean), label: null }]);
  screen.getByText("Pinned as 1");
  press("Next example");
  expect(store().source).toMatchObject({ kind: "example", index: 1 });
  fireEvent.click(screen.getAllByRole("button", { name: /^Held-out image .*Put the probe there/ })[0]!);
  expect(stores.probe.getState().z).toHaveLength(2);
});

const grid = (side: number, value: (x: number, y: number) => number) =>
  Uint8ClampedArray.from({ length: side * side * 4 }, (_, i) => (i % 4 === 3 ? 255 : value((i >> 2) % side, Math.floor((i >> 2) / side))));
/** Dark ink on a grey page. */
const PAGE = { width: 40, height: 40, data: grid(40, (x, y) => (x > 15 && x < 22 && y > 8 && y < 30 ? 30 : 200)) };

test("a photograph's paper is left out, and can be taken the other way round", async () => {
  await open();
  act(() => store().takeFile(PAGE, false));
  frame();
  expect(screen.getByRole<HTMLInputElement>("checkbox", { name: "Dark on a light ground" }).checked).toBe(true);
  expect(store().steps[0]!.picture).toMatchObject({ width: 6, height: 21 });
  fireEvent.click(screen.getByRole("checkbox", { name: "Dark on a light ground" }));
  frame();
  expect(store().steps[0]!.picture).toMatchObject({ width: 40, height: 40 });
  fireEvent.keyDown(screen.getByLabelText("Leave out ink fainter than"), { key: "End" });
  press("Undo");
  frame();
  expect(hand()).toBeNull();
});

test("pixels that the browser has altered are named", async () => {
  await open();
  act(() => store().takeFile(PAGE, true));
  expect(screen.queryByText(/changes the pixels a page reads/)).not.toBeNull();
});

test("a file that is none of ours is refused in words and loses nothing", async () => {
  await open();
  stroke([60, 40], [120, 160]);
  frame();
  const before = hand();
  await drop(new File(["<svg xmlns='http://www.w3.org/2000/svg'/>"], "a.png", { type: "image/png" }));
  await screen.findByText(/An SVG cannot be used/);
  await drop(new File(["hello"], "a.png", { type: "image/png" }));
  await screen.findByText(/no image this page can read/);
  vi.stubGlobal("createImageBitmap", () => Promise.reject(new Error("cut short")));
  await drop(new File([Uint8Array.of(0xff, 0xd8, 0xff, 0)], "a.jpg"));
  await screen.findByText(/could not be read/);
  frame();
  expect(hand()).toEqual(before);
});

test("a conditional encoder is told the class that is chosen", async () => {
  await open({ conditional: true });
  stroke([60, 40], [120, 160]);
  frame();
  screen.getByText("The encoder is told the class as well:");
  const { network, snapshot } = stores.run.getState();
  act(() => stores.probe.getState().setLabel(1));
  frame();
  expect(hand()!.mean).toEqual(encode(network, snapshot!.weights, hand()!.pixels, 1, [1]).mean);
  expect(hand()!.mean).not.toEqual(encode(network, snapshot!.weights, hand()!.pixels, 1, [0]).mean);
});

test("trained on black and white, it sees black and white", async () => {
  await open({ reconstruction: "bernoulli" });
  stroke([60, 40], [120, 160]);
  frame();
  expect(new Set(hand()!.pixels)).toEqual(new Set([0, 1]));
  screen.getByText("black and white, as it was trained");
});

test("to another data set a drawing goes along, in its frame and its colours; an example does not", async () => {
  await open();
  stroke([60, 40], [120, 160]);
  frame();
  begin({ data: "emoji" });
  frame();
  expect(hand()).toBeNull(); // no model yet
  act(() => send(0));
  frame();
  expect(hand()!.pixels).toHaveLength(32 * 32 * 3);
  expect(hand()!.pixels[0]).toBe(1); // on white
  press("Red");
  expect(store().colour).toEqual([0.95, 0.19, 0.3]);
  press("Take an example");
  frame();
  begin({});
  act(() => send(0));
  frame();
  expect(store().source.kind).toBe("drawing");
  expect(hand()!.pixels).toHaveLength(784); // the drawing from before
});

test("a GAN has no encoder and points are no pictures: that is said, and nothing is offered", async () => {
  await open({ model: "gan" });
  screen.getByText(/no encoder/);
  expect(screen.queryByRole("button")).toBeNull();
  cleanup();
  await open({ ...POINT_DEFAULTS, data: "swissroll", encoder: [layer], decoder: [layer] });
  screen.getByText(/trained on points/);
});
