// @vitest-environment jsdom
/** The paths and arithmetic panels: what a visitor finds by role and name, what the survey is asked and what the map is given. */
import { act, cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import type { ComponentType } from "react";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { loadTexts } from "../../../i18n/i18n";
import { initialWeights } from "../../../model/initial-weights";
import type { ReadyReport, Snapshot } from "../../../protocol/messages";
import { DEFAULT_CONFIG, DEFAULT_OPTIONS, type RunConfig } from "../../../protocol/run-config";
import type { Ask } from "../../../protocol/survey";
import { createDraftStore } from "../../../store/draft-store";
import { createExplorerStore } from "../../../store/explorer-store";
import { createPreferencesStore } from "../../../store/preferences-store";
import { createProbeStore } from "../../../store/probe-store";
import { createRunStore } from "../../../store/run-store";
import { fakeSurvey, type Asked, type FakeSurvey } from "../../../testing/fake-survey";
import { ArithmeticPanel } from "../arithmetic/ArithmeticPanel";
import { StoresProvider, type Stores } from "../../stores";
import { PathsPanel } from "./PathsPanel";

const IMAGES = 8;
const layer = { units: 4, activation: "tanh" as const };
const CONFIG: RunConfig = { ...DEFAULT_CONFIG, encoder: [layer], decoder: [layer] };

let stores: Stores;
let survey: FakeSurvey;

vi.setConfig({ testTimeout: 20_000 }); // a role is looked up in a tenth of a second where other tests run beside this one
beforeAll(() => loadTexts("paths"));
beforeEach(() => {
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

/** Zeros stand around (1, 0), ones around (−1, 2): the mean of each is among its codes. */
function snapshotOf(step: number): Snapshot {
  const { network, config } = stores.run.getState();
  const mean = Float32Array.from({ length: IMAGES * 2 }, (_, i) => {
    const image = Math.floor(i / 2);
    const offset = [0, 0.5, -0.5, 0][image >> 1]!;
    return (image % 2 === 0 ? [1, 0] : [-1, 2])[i % 2]! + offset;
  });
  return {
    id: step + 1,
    step,
    weights: initialWeights(network, config.initialiser, step + 1),
    posteriorMean: mean,
    posteriorLogVar: new Float32Array(mean.length),
    exampleIndices: [],
    reconstructions: new Float32Array(),
    exampleLosses: new Float32Array(),
    adversarial: null,
  };
}

function send(step: number) {
  const { runId, receive } = stores.run.getState();
  act(() => receive({ type: "snapshot", runId, snapshot: snapshotOf(step) }));
}

function open(Panel: ComponentType) {
  survey = fakeSurvey();
  stores = {
    draft: createDraftStore({ config: CONFIG, options: DEFAULT_OPTIONS }),
    run: createRunStore(() => {}, { config: CONFIG, options: DEFAULT_OPTIONS }),
    probe: createProbeStore(2),
    preferences: createPreferencesStore(null),
    explorer: createExplorerStore(),
    survey,
  };
  const { runId, receive, network } = stores.run.getState();
  const examples = { pixels: new Uint8Array(IMAGES * 784), labels: Uint8Array.from({ length: IMAGES }, (_, i) => i % 2) };
  const report = { image: network.image, classNames: { en: ["zero", "one", "two"], zh: ["零", "一", "二"] }, examples };
  receive({ type: "ready", runId, report: report as unknown as ReadyReport });
  send(0);
  return render(
    <StoresProvider value={stores}>
      <Panel />
    </StoresProvider>,
  );
}

const press = (name: string | RegExp) => fireEvent.click(screen.getByRole("button", { name }));
function choose(slot: string, option: string) {
  const select = screen.getByRole<HTMLSelectElement>("combobox", { name: slot });
  const wanted = within(select).getByRole<HTMLOptionElement>("option", { name: option });
  fireEvent.change(select, { target: { value: wanted.value } });
}
const trails = () => stores.explorer.getState().trails.map(({ kind }) => kind);
const pins = () => stores.explorer.getState().pins;

const codesOf = ({ ask }: Asked) => (ask as Ask<"geodesic">).codes;

/** From (1, 0) to (−1, 2) by way of (x, x): as long as the others. */
const wayBy = (x: number) => Float32Array.from({ length: 66 }, (_, i) => (i === 0 ? 1 : i === 1 ? 0 : i === 64 ? -1 : i === 65 ? 2 : x));

test("two classes pinned: both paths are on the map at once, the geodesic as it comes", async () => {
  open(PathsPanel);
  screen.getByText(/A path needs two places/);
  press("Pin both");
  expect(pins().map(({ z, origin, label }) => [z, origin, label])).toEqual([
    [[1, 0], "example", 0],
    [[-1, 2], "example", 1],
  ]);
  expect(trails()).toEqual(["straight", "spherical"]);

  const asked = survey.last("geodesic")!;
  expect(asked.ask).toEqual({ codes: pins().map(({ z }) => z), points: 33, label: 0 });
  expect(asked.options.model?.weights).toBe(stores.run.getState().snapshot!.weights);
  act(() => asked.options.onPart?.({ done: 30, total: 150, path: wayBy(0.5) }));
  expect(screen.getByRole("progressbar", { name: /Bending/ }).getAttribute("value")).toBe("30");
  expect(stores.explorer.getState().trails[2]!.codes).toEqual(wayBy(0.5));

  await act(async () => asked.answer({ path: wayBy(0.25), energy: 1, straightEnergy: 2 }));
  expect(trails()).toEqual(["straight", "spherical", "geodesic"]);
  expect(screen.queryByRole("progressbar")).toBeNull();
  const table = await screen.findByRole("table", { name: /in numbers/ });
  await waitFor(() => expect(within(table).getAllByRole("row")).toHaveLength(4));
  expect(within(table).getByRole("rowheader", { name: "Straight" }).closest("tr")!.lastElementChild!.textContent).toBe("2.83"); // √8
});

test("a path can be unticked, its pins left out, moved, and taken away; the map follows", () => {
  open(PathsPanel);
  press("Pin both");
  press("Spherical");
  expect(trails()).toEqual(["straight"]);
  act(() => stores.probe.getState().setCode([0, 0]));
  press("Pin the probe’s place");
  const straight = () => [...stores.explorer.getState().trails[0]!.codes];
  expect(straight().slice(-2)).toEqual([0, 0]);
  press("Move place 3 up");
  expect(straight().slice(-2)).toEqual([-1, 2]);
  fireEvent.click(screen.getByRole("checkbox", { name: "Place 3 is on the path" }));
  expect(straight()).toHaveLength(66);
  press("Remove place 2");
  expect(trails()).toEqual([]);
  expect(stores.explorer.getState().trailAt).toBeNull();
});

test("the slider scrubs; the probe comes along when it is told to", () => {
  open(PathsPanel);
  press("Pin both");
  const slider = screen.getByRole("slider", { name: /Place on the path/ });
  fireEvent.keyDown(slider, { key: "PageUp" });
  expect(stores.explorer.getState().trailAt).toBeCloseTo(0.05, 9);
  expect(stores.probe.getState().z).toEqual([0, 0]);
  fireEvent.click(screen.getByRole("checkbox", { name: "The probe comes along" }));
  expect(stores.probe.getState().z[0]).toBeCloseTo(0.9, 6);
  act(() => stores.explorer.getState().set({ trailAt: 1 }));
  expect(stores.probe.getState().z).toEqual([-1, 2]);
});

test("nothing plays by itself; pressed, it moves on with the screen's frames and stops when scrubbed", () => {
  const frames: FrameRequestCallback[] = [];
  vi.stubGlobal("requestAnimationFrame", (callback: FrameRequestCallback) => frames.push(callback));
  vi.stubGlobal("cancelAnimationFrame", () => frames.splice(0));
  open(PathsPanel);
  press("Pin both");
  const paint = (ms: number) => act(() => frames.splice(0).forEach((callback) => callback(ms)));
  expect(frames).toHaveLength(0);
  press("Play");
  paint(1000);
  expect(stores.explorer.getState().trailAt).toBe(0);
  paint(1050);
  expect(stores.explorer.getState().trailAt).toBeCloseTo(0.02, 9); // 50 of 2,500 ms
  fireEvent.keyDown(screen.getByRole("slider", { name: /Place on the path/ }), { key: "ArrowRight" });
  screen.getByRole("button", { name: "Play" });
  expect(frames).toHaveLength(0);
  vi.unstubAllGlobals();
});

test("at rest a newer model has its geodesic at once; in training the old one stays, is said to be old, and is made anew when asked for", async () => {
  open(PathsPanel);
  press("Pin both");
  await act(async () => survey.last("geodesic")!.answer({ path: wayBy(0.5), energy: 1, straightEnergy: 2 }));
  send(1);
  expect(survey.asked.filter(({ kind }) => kind === "geodesic")).toHaveLength(2);
  await act(async () => survey.last("geodesic")!.answer({ path: wayBy(0.25), energy: 1, straightEnergy: 2 }));

  const { runId, receive } = stores.run.getState();
  act(() => receive({ type: "phase", runId, phase: "training", step: 1 } as never));
  send(2);
  expect(survey.asked.filter(({ kind }) => kind === "geodesic")).toHaveLength(2);
  screen.getByText(/belongs to an earlier state/);
  expect(trails()).toContain("geodesic");
  press("Compute it for this model");
  expect(survey.last("geodesic")!.options.model?.weights).toBe(stores.run.getState().snapshot!.weights);
});

test("a geodesic can be stopped and a refusal is said; other stations call it off", async () => {
  open(PathsPanel);
  press("Pin both");
  press("Stop");
  await screen.findByText(/Stopped before its end/);
  expect(survey.asked[0]!.options.signal?.aborted).toBe(true);
  press("Compute it for this model");
  await act(async () => survey.last("geodesic")!.refuse());
  await screen.findByText(/could not be computed/);
  press("Compute it for this model");
  const open1 = survey.last("geodesic")!;
  press("Pin the probe’s place");
  expect(open1.options.signal?.aborted).toBe(true);
  expect(codesOf(survey.last("geodesic")!)).toHaveLength(3);
});

test("where they differ: lines are ranked on the page, the first few measured, the best pair pinned alone", async () => {
  open(PathsPanel);
  press("Pin the probe’s place");
  press("Show where they differ");
  for (let i = 0; i < 3; i++) {
    await waitFor(() => expect(survey.asked).toHaveLength(i + 1));
    const codes = codesOf(survey.asked[i]!);
    // The second of the three is told to be as good as no way at all.
    const path = Float32Array.from({ length: 66 }, (_, k) => codes[i === 1 ? 0 : k < 2 ? 0 : 1]![k % 2]!);
    await act(async () => survey.asked[i]!.answer({ path, energy: 0, straightEnergy: 1 }));
  }
  await waitFor(() => expect(pins()).toHaveLength(3));
  expect(
    pins()
      .slice(1)
      .map(({ z }) => z),
  ).toEqual(codesOf(survey.asked[1]!));
  expect(screen.getByRole<HTMLInputElement>("checkbox", { name: "Place 1 is on the path" }).checked).toBe(false);
});

test("closed, the panel takes its paths off the map and leaves the pins", () => {
  const { unmount } = open(PathsPanel);
  press("Pin both");
  unmount();
  expect(stores.explorer.getState()).toMatchObject({ trails: [], trailAt: null });
  expect(pins()).toHaveLength(2);
  expect(survey.last("geodesic")).toBeUndefined();
});

test("a − b + c of class means, its result pinned and sent to the probe", () => {
  open(ArithmeticPanel);
  act(() => stores.probe.getState().setCode([3, 3]));
  choose("a", "the probe");
  choose("b", "mean of zero");
  choose("c", "mean of one");
  screen.getByRole("img", { name: "b: mean of zero" });
  press("Pin the result");
  expect(pins()).toEqual([{ id: 1, z: [1, 5], origin: "result", label: null }]);
  press("Send the probe there");
  expect(stores.probe.getState().z).toEqual([1, 5]);
  expect(within(screen.getByRole("combobox", { name: "a" })).queryByRole("option", { name: "mean of two" })).toBeNull(); // no image of it
});

test("a walk: a pressed frame puts the probe there and leaves the other numbers", () => {
  open(ArithmeticPanel);
  act(() => stores.probe.getState().setCode([0.5, 0.25]));
  press("Put the probe at −3.00");
  expect(stores.probe.getState().z).toEqual([-3, 0.25]);
  fireEvent.change(screen.getByRole("combobox", { name: "Direction" }), { target: { value: "classes" } });
  screen.getByText(/from −2.1 to/);
});
