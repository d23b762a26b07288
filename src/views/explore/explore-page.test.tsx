// @vitest-environment jsdom
/** The explorer's page without its canvas: tools behind tabs, layers by family, the table, what the probe says aloud. */
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { loadTexts } from "../../i18n/i18n";
import type { ReadyReport, Snapshot } from "../../protocol/messages";
import { DEFAULT_CONFIG, DEFAULT_OPTIONS, type RunConfig } from "../../protocol/run-config";
import { createDraftStore } from "../../store/draft-store";
import { createExplorerStore, TOOLS } from "../../store/explorer-store";
import { createPreferencesStore } from "../../store/preferences-store";
import { createProbeStore } from "../../store/probe-store";
import { createRunStore } from "../../store/run-store";
import { fakeSurvey, type FakeSurvey } from "../../testing/fake-survey";
import { preloadOverlays } from "../../ui/preload-overlays";
import { ProbeSliders } from "../latent/ProbeSliders";
import { StoresProvider, type Stores } from "../stores";
import { ExplorePage } from "./ExplorePage";
import { LayersPanel } from "./layers/LayersPanel";
import { PointRows } from "./table/PointRows";

vi.mock("../latent/LatentStage", () => ({ LatentStage: () => <p>the map</p> }));
vi.stubGlobal("CSS", { escape: (text: string) => text });

let survey: FakeSurvey;
let stores: Stores;

beforeAll(async () => {
  await Promise.all([preloadOverlays(), loadTexts("explore")]);
  await preloadOverlays(); // what the first ones name
});
beforeEach(() => {
  vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener() {}, removeEventListener() {} }));
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function prepare(change: Partial<RunConfig> = {}): void {
  const config = { ...DEFAULT_CONFIG, ...change };
  survey = fakeSurvey();
  stores = {
    draft: createDraftStore({ config, options: DEFAULT_OPTIONS }),
    run: createRunStore(() => {}, { config, options: DEFAULT_OPTIONS }),
    probe: createProbeStore(2),
    preferences: createPreferencesStore(null),
    explorer: createExplorerStore(),
    survey,
  };
}

async function draw(page: ReactNode): Promise<void> {
  await act(async () => {
    render(<StoresProvider value={stores}>{page}</StoresProvider>);
    await Promise.resolve();
  });
}

/** Three examples: a seven at (3, 4), a two at (0, 1), a seven at (−2, 0). */
function showExamples(): void {
  const { runId, network, receive } = stores.run.getState();
  const digits = Array.from("0123456789");
  const report = {
    image: network.image,
    classNames: { en: digits, zh: digits },
    examples: { pixels: new Uint8Array(3 * network.pixels), labels: Uint8Array.of(7, 2, 7) },
  } as unknown as ReadyReport;
  const snapshot = {
    id: 1,
    step: 5,
    weights: {},
    posteriorMean: Float32Array.of(3, 4, 0, 1, -2, 0),
    posteriorLogVar: new Float32Array(6),
    exampleIndices: [],
    adversarial: null,
  } as unknown as Snapshot;
  act(() => {
    receive({ type: "ready", runId, report });
    receive({ type: "snapshot", runId, snapshot });
  });
}

test("the page has the map, the transport, and a tab for every tool, gone through by arrow keys", async () => {
  prepare();
  await draw(<ExplorePage />);
  expect(within(screen.getByRole("figure", { name: "Latent space" })).getByText("the map")).toBeDefined();
  expect(screen.getByRole("button", { name: "Train" })).toBeDefined();
  expect(screen.getByRole("status")).toBeDefined();
  const tabs = screen.getAllByRole("tab");
  expect(tabs).toHaveLength(TOOLS.length);
  expect(screen.getByRole("tab", { selected: true }).textContent).toBe("Probe");
  fireEvent.keyDown(tabs[0]!, { key: "ArrowLeft" });
  expect(stores.explorer.getState().tool).toBe(TOOLS.at(-1));
  expect(document.activeElement).toBe(tabs.at(-1));
  fireEvent.keyDown(document.activeElement!, { key: "Home" });
  expect(stores.explorer.getState().tool).toBe("probe");
  expect(screen.getByRole("tabpanel").getAttribute("aria-labelledby")).toBe(screen.getByRole("tab", { selected: true }).id);
});

const boxes = () => screen.getAllByRole("checkbox").map((box) => box.closest("div")!.querySelector("label")!.textContent);

test("layers are offered by family and switched for good", async () => {
  prepare();
  await draw(<LayersPanel />);
  expect(boxes()).toEqual(["Decoder grid", "Points", "Density", "Prior rings", "Posterior ellipses", "Reconstruction error"]);
  fireEvent.click(screen.getByRole("checkbox", { name: "Density" }));
  fireEvent.click(screen.getByRole("radio", { name: "Magnification" }));
  expect(stores.preferences.getState().layers).toMatchObject({ density: true, ground: "magnification", grid: true });
  cleanup();
  prepare({ model: "ae" });
  await draw(<LayersPanel />);
  expect(boxes()).toEqual(["Decoder grid", "Points", "Reconstruction error"]);
  cleanup();
  prepare({ model: "gan" });
  await draw(<LayersPanel />);
  expect(boxes()).toEqual(["Decoder grid", "Points", "Prior rings"]);
  expect(screen.queryByRole("radiogroup", { name: "Images as points" })).toBeNull();
  expect(screen.queryByRole("radio", { name: "Nearest class" })).toBeNull(); // nobody knows its classes yet
});

test("more images can be asked for as points, with their progress", async () => {
  prepare({ data: "fashion", trainSize: 60_000 });
  await draw(<LayersPanel />);
  fireEvent.click(screen.getByRole("radio", { name: /^all 60.000$/ }));
  expect(stores.explorer.getState().manyWanted).toBe(60_000);
  const many = { model: "m", mean: new Float32Array(), logVar: null, labels: new Uint8Array(), done: 2_000, total: 60_000 };
  act(() => stores.explorer.getState().set({ many }));
  expect(screen.getByRole("progressbar", { name: "Encoding images" })).toHaveProperty("value", 2_000);
  fireEvent.click(screen.getByRole("radio", { name: "0 held out" }));
  expect(stores.explorer.getState().manyWanted).toBeNull();
  expect(screen.queryByRole("progressbar")).toBeNull();
});

const rowNames = () => screen.getAllByRole("rowheader").map((cell) => cell.textContent);

test("the table sorts, tells losses once they are there, and leads to a point", async () => {
  prepare();
  showExamples();
  const onDone = vi.fn<() => void>();
  await draw(<PointRows onDone={onDone} />);
  expect(rowNames()).toEqual(["Held out 2", "Held out 3", "Held out 1"]); // 1, 2 and 5 away from 0
  expect(screen.queryByRole("columnheader", { name: "Loss" })).toBeNull();
  await act(async () => survey.last("losses")!.answer({ losses: Float32Array.of(90, 70, 80) }));
  fireEvent.click(screen.getByRole("button", { name: "Loss" }));
  expect(rowNames()).toEqual(["Held out 2", "Held out 3", "Held out 1"]);
  fireEvent.click(screen.getByRole("button", { name: "Loss" }));
  expect(rowNames()).toEqual(["Held out 1", "Held out 3", "Held out 2"]);
  expect(screen.getByRole("columnheader", { name: "Loss" }).getAttribute("aria-sort")).toBe("descending");
  expect(
    within(screen.getAllByRole("row")[1]!)
      .getAllByRole("cell")
      .map((cell) => cell.textContent),
  ).toEqual(["7", "3.00", "4.00", "1.00", "90.0", "5.00", ""]);
  fireEvent.click(screen.getByRole("button", { name: "Put the probe on it: Held out 1" }));
  expect(stores.probe.getState().z).toEqual([3, 4]);
  fireEvent.click(screen.getByRole("button", { name: "Mark on the map: Held out 3" }));
  expect(stores.probe.getState().hovered).toBe(2);
  expect(onDone).toHaveBeenCalledTimes(2);
});

const spoken = () =>
  [...document.querySelectorAll("[aria-live]")]
    .map((region) => region.textContent)
    .filter((text) => text !== "")
    .join(" | ");

test("the probe says where it has come to rest, once, and not while it moves or the model changes", async () => {
  prepare();
  showExamples();
  vi.useFakeTimers();
  await draw(<ProbeSliders ref={null} plot={{ current: null }} />);
  const slider = screen.getByRole("slider", { name: "Probe, z₁" });
  for (let step = 0; step < 5; step++) {
    fireEvent.keyDown(slider, { key: "ArrowUp" });
    await act(() => vi.advanceTimersByTimeAsync(100));
    expect(spoken()).toBe("");
  }
  await act(() => vi.advanceTimersByTimeAsync(800));
  expect(stores.probe.getState().z).toEqual([0, 0.5]);
  expect(spoken()).toBe("Nearest: 2, distance 0.50. Prior density 0.14."); // e^(−1/8) / 2π
  act(() => stores.run.setState({ snapshot: { ...stores.run.getState().snapshot!, posteriorMean: new Float32Array(6) } }));
  await act(() => vi.advanceTimersByTimeAsync(2_000));
  expect(spoken()).toBe("Nearest: 2, distance 0.50. Prior density 0.14.");
});

test("on the map P pins, B changes what a drag does, digits switch layers, Escape lets go", async () => {
  prepare();
  showExamples();
  await draw(<ProbeSliders ref={null} plot={{ current: null }} />);
  const slider = screen.getByRole("slider", { name: "Probe, z₂" });
  const press = (key: string) => fireEvent.keyDown(slider, { key }); // false: it was answered
  press("ArrowRight");
  expect(press("p")).toBe(false);
  expect(stores.explorer.getState().pins.map(({ z }) => z)).toEqual([[0.1, 0]]);
  expect(spoken()).toContain("Pinned as 1");
  press("b");
  press("b");
  expect(stores.explorer.getState().drag).toBe("lasso");
  press("Escape");
  expect(stores.explorer.getState().drag).toBe("probe");
  expect(press("Escape")).toBe(true); // nothing left to let go: others may have the key
  press("1");
  expect(stores.preferences.getState().layers.grid).toBe(false);
  press("7");
  expect(stores.preferences.getState().layers.ground).toBe("regions");
  press("Home");
  expect(stores.probe.getState().z).toEqual([0, 0]);
  expect(press("r")).toBe(true);
  expect(press(" ")).toBe(true);
});
