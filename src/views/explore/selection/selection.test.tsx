// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { loadTexts } from "../../../i18n/i18n";
import { initialWeights } from "../../../model/initial-weights";
import { DEFAULT_CONFIG, DEFAULT_OPTIONS } from "../../../protocol/run-config";
import { createDraftStore } from "../../../store/draft-store";
import { createExplorerStore } from "../../../store/explorer-store";
import { createPreferencesStore } from "../../../store/preferences-store";
import { createProbeStore } from "../../../store/probe-store";
import { createRunStore } from "../../../store/run-store";
import { fakeSurvey, type FakeSurvey } from "../../../testing/fake-survey";
import { StoresProvider, type Stores } from "../../stores";
import { SelectionPanel } from "./SelectionPanel";

const NAMES = Array.from({ length: 10 }, (_, label) => String(label));
const IMAGES = 40;

let stores: Stores;
let survey: FakeSurvey;

/** Image i is of class i mod 10, all its pixels i, its code (i, 0). */
beforeEach(() => {
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null); // jsdom paints nothing
  survey = fakeSurvey();
  const experiment = {
    config: {
      ...DEFAULT_CONFIG,
      encoder: [{ units: 2, activation: "relu" as const }],
      decoder: [{ units: 2, activation: "relu" as const }],
    },
    options: DEFAULT_OPTIONS,
  };
  stores = {
    draft: createDraftStore(experiment),
    run: createRunStore(() => {}, experiment),
    probe: createProbeStore(2),
    preferences: createPreferencesStore(null, ["en"]),
    explorer: createExplorerStore(),
    survey,
  };
  const { network } = stores.run.getState();
  stores.run.setState({
    material: {
      image: network.image,
      classNames: { en: NAMES, zh: NAMES },
      examples: {
        pixels: Uint8Array.from({ length: IMAGES * network.pixels }, (_, at) => Math.floor(at / network.pixels)),
        labels: Uint8Array.from({ length: IMAGES }, (_, i) => i % 10),
      },
    },
    snapshot: {
      id: 1,
      step: 5,
      weights: initialWeights(network, "pytorch", 1),
      posteriorMean: Float32Array.from({ length: IMAGES * 2 }, (_, at) => (at % 2 === 0 ? at / 2 : 0)),
      posteriorLogVar: new Float32Array(IMAGES * 2),
      exampleIndices: [],
      reconstructions: new Float32Array(0),
      exampleLosses: new Float32Array(0),
      adversarial: null,
    },
  });
});
beforeAll(() => loadTexts("selection"));
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const show = () =>
  render(
    <StoresProvider value={stores}>
      <SelectionPanel />
    </StoresProvider>,
  );
const selection = () => stores.explorer.getState().selection;
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole("button", { name }));
const select = (indices: readonly number[]) => act(() => stores.explorer.getState().set({ selection: indices }));

test("what a drag does is chosen here, and nothing is selected at first", () => {
  show();
  expect(screen.getByText("Nothing is selected.")).toBeTruthy();
  fireEvent.click(screen.getByLabelText("Lasso"));
  expect(stores.explorer.getState().drag).toBe("lasso");
  expect(screen.getByText(/Draw around points/)).toBeTruthy();
});

test("points are found without a pointer: by class, near the probe, within a radius", () => {
  show();
  fireEvent.change(screen.getByLabelText("Class"), { target: { value: "3" } });
  press("Select all of this class");
  expect(selection()).toEqual([3, 13, 23, 33]);
  act(() => stores.probe.getState().setCode([20.4, 0]));
  fireEvent.click(screen.getByLabelText("10"));
  press("Nearest to the probe");
  expect(selection()).toEqual([16, 17, 18, 19, 20, 21, 22, 23, 24, 25]);
  press("Within the radius"); // 0.5
  expect(selection()).toEqual([20]);
});

test("like this one: in latent space, and in pixels", async () => {
  show();
  act(() => stores.probe.getState().setCode([7.2, 0]));
  fireEvent.click(screen.getByLabelText("10"));
  expect(screen.getByRole("img", { name: "The point nearest to the probe: 7" })).toBeTruthy();
  press("Alike in latent space");
  expect(selection()).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  act(() => stores.explorer.getState().set({ selection: null }));
  press("Alike in pixels");
  await vi.waitFor(() => expect(selection()).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]));
  expect(survey.asked.filter(({ kind }) => kind === "neighbours")).toEqual([]); // no training images are on the map
});

test("a selection says how many it has and of which classes, shows its images, and can be let go of", () => {
  show();
  select([1, 11, 21, 2]);
  expect(screen.getByText("4 of 40 points")).toBeTruthy();
  const mix = within(screen.getByRole("region", { name: "Classes" }));
  expect(mix.getAllByRole("listitem").map((item) => item.lastChild!.textContent)).toEqual(["1: 3, 75 %", "2: 1, 25 %"]);
  press("1, held-out image 12: put the probe there");
  expect(stores.probe.getState().z).toEqual([11, 0]);
  press("Clear");
  expect(selection()).toBeNull();
});

const wall = () => within(screen.getByRole("region", { name: "The selected images" })).getAllByRole("listitem").length;

test("more images than fit stand on pages", () => {
  show();
  select(Array.from({ length: 30 }, (_, i) => i));
  expect([wall(), screen.getByText("1 of 2").textContent]).toEqual([24, "1 of 2"]);
  press("Next page");
  expect(wall()).toBe(6);
  select([1]);
  expect(wall()).toBe(1);
});

test("the table taken home has the losses that the survey works out, and none when it refuses", async () => {
  const saved: Blob[] = [];
  vi.stubGlobal("URL", Object.assign(URL, { createObjectURL: (blob: Blob) => (saved.push(blob), "blob:"), revokeObjectURL: () => {} }));
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => {});
  show();
  select([2]);
  press("Save as CSV");
  survey.last("losses")!.answer({ losses: Float32Array.from({ length: IMAGES }, (_, i) => i + 0.5) });
  await vi.waitFor(() => expect(saved).toHaveLength(1));
  expect(await saved[0]!.text()).toContain("\r\n2,held-out,2,2,2,0,1,1,2.5\r\n");
  press("Save as CSV");
  survey.last("losses")!.refuse();
  await vi.waitFor(() => expect(saved).toHaveLength(2));
  expect(await saved[1]!.text()).toContain("\r\n2,held-out,2,2,2,0,1,1,\r\n");
  expect(await screen.findByText(/Saved without losses/)).toBeTruthy();
});

test("the mean of the images stands beside the decode of the mean code", async () => {
  show();
  select([0, 2]);
  expect(await screen.findByRole("img", { name: "Mean of the images" })).toBeTruthy();
  expect(screen.getByRole("img", { name: "Decode of the mean code" })).toBeTruthy();
});
