// @vitest-environment jsdom
/** The panel of dimensions: what a visitor finds by role and name, and what the explorer is told. */
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { loadTexts } from "../../../i18n/i18n";
import { initialWeights } from "../../../model/initial-weights";
import type { ReadyReport, Snapshot } from "../../../protocol/messages";
import { DEFAULT_CONFIG, DEFAULT_OPTIONS, type RunConfig } from "../../../protocol/run-config";
import type { Answer, Ask, AskOptions, QuestionKind, Survey } from "../../../protocol/survey";
import { createDraftStore } from "../../../store/draft-store";
import { createExplorerStore } from "../../../store/explorer-store";
import { createPreferencesStore } from "../../../store/preferences-store";
import { createProbeStore } from "../../../store/probe-store";
import { createRunStore } from "../../../store/run-store";
import { StoresProvider, type Stores } from "../../stores";
import { DimensionsPanel } from "./DimensionsPanel";

const IMAGES = 4;
const layer = { units: 4, activation: "relu" as const };

interface Asked {
  readonly kind: QuestionKind;
  readonly ask: unknown;
  readonly options: AskOptions<QuestionKind>;
  readonly answer: (answer: unknown) => Promise<void>;
  readonly refuse: () => Promise<void>;
}
let asked: Asked[];
let stores: Stores;

const survey: Survey = {
  ask: <Kind extends QuestionKind>(kind: Kind, ask: Ask<Kind>, options: AskOptions<Kind> = {}) =>
    new Promise<Answer<Kind>>((resolve, reject) => {
      asked.push({
        kind,
        ask,
        options: options as AskOptions<QuestionKind>,
        answer: (answer) => act(async () => resolve(answer as Answer<Kind>)),
        refuse: () => act(async () => reject(new Error("no"))),
      });
      options.signal?.addEventListener("abort", () => reject(options.signal!.reason as Error));
    }),
};

beforeEach(() => {
  asked = [];
  vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener() {}, removeEventListener() {} }));
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function snapshotOf(config: RunConfig, step: number): Snapshot {
  const { latentDim } = config;
  // Dimension 0 tells nothing, each one after it more than the last.
  const mean = Float32Array.from({ length: IMAGES * latentDim }, (_, i) => (i % latentDim) * (i < (IMAGES * latentDim) / 2 ? 1 : -1));
  return {
    id: step + 1,
    step,
    weights: initialWeights(stores.run.getState().network, config.initialiser, config.seed),
    posteriorMean: mean,
    posteriorLogVar: config.model === "ae" ? null : new Float32Array(mean.length),
    exampleIndices: [],
    reconstructions: new Float32Array(),
    exampleLosses: new Float32Array(),
    adversarial: null,
  };
}

const send = (step: number) => {
  const { runId, receive, config } = stores.run.getState();
  act(() => receive({ type: "snapshot", runId, snapshot: snapshotOf(config, step) }));
};

async function open(change: Partial<RunConfig>) {
  await loadTexts("dimensions");
  const config = { ...DEFAULT_CONFIG, encoder: [layer], decoder: [layer], ...change };
  stores = {
    draft: createDraftStore({ config, options: DEFAULT_OPTIONS }),
    run: createRunStore(() => {}, { config, options: DEFAULT_OPTIONS }),
    probe: createProbeStore(config.latentDim),
    preferences: createPreferencesStore(null),
    explorer: createExplorerStore(),
    survey,
  };
  const { runId, receive, network } = stores.run.getState();
  const examples = { pixels: new Uint8Array(IMAGES * 784), labels: new Uint8Array(IMAGES) };
  const report = { image: network.image, classNames: { en: ["zero"], zh: ["零"] }, examples } as unknown as ReadyReport;
  receive({ type: "ready", runId, report });
  send(0);
  render(
    <StoresProvider value={stores}>
      <DimensionsPanel />
    </StoresProvider>,
  );
}

const sliders = () => screen.getAllByRole("slider").map((slider) => slider.getAttribute("aria-label"));
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole("button", { name }));
const pick = (name: string) => fireEvent.click(screen.getByRole("radio", { name }));
const map = () => stores.explorer.getState().map;

/** The first component along z₃. */
const basis = (sign = 1) => ({
  mean: new Float32Array(3),
  directions: Float32Array.of(0, 0, sign, 1, 0, 0, 0, 1, 0),
  variances: Float32Array.of(6, 3, 1),
});

test("two dimensions: the map is all there is, and each can still be walked along", async () => {
  await open({ latentDim: 2 });
  screen.getByText(/two latent dimensions the map shows everything/);
  expect(screen.queryByRole("radiogroup")).toBeNull();
  press("Put the probe at z₂ = −3.00");
  expect(stores.probe.getState().z).toEqual([0, -3]);
});

test("the most telling dimension comes first; what tells nothing is folded away", async () => {
  await open({ latentDim: 4 });
  expect(sliders().slice(0, 3)).toEqual(["Dimension z₄, KL 4.50 nats", "Dimension z₃, KL 2.00 nats", "Dimension z₂, KL 0.50 nats"]);
  const folded = screen.getByText("Collapsed dimensions: 1").closest("details")!;
  expect(folded.open).toBe(false);
  within(folded).getByLabelText("Dimension z₁, KL 0.00 nats");
});

test("an autoencoder's dimensions are sorted by the spread of its codes", async () => {
  await open({ model: "ae", latentDim: 3 });
  expect(sliders()).toEqual(["Dimension z₃", "Dimension z₂", "Dimension z₁"]);
  screen.getByText("Collapsed dimensions: 1");
  press("Put the probe at z₃ = 6.00"); // three deviations of 2
});

test("rows keep their places while the keyboard is in them", async () => {
  await open({ latentDim: 4 });
  screen.getByLabelText("Dimension z₂, KL 0.50 nats").focus();
  const { runId, receive, config } = stores.run.getState();
  const snapshot = snapshotOf(config, 1);
  act(() => receive({ type: "snapshot", runId, snapshot: { ...snapshot, posteriorMean: snapshot.posteriorMean.toReversed() } }));
  // z₁ tells most now.
  expect(sliders().map((label) => label?.split(",")[0])).toEqual(["Dimension z₃", "Dimension z₂", "Dimension z₁", "Dimension z₄"]);
});

test("principal components become the map when they are there, with the variance they hold", async () => {
  await open({ latentDim: 3 });
  pick("PCA");
  expect(map()).toEqual({ kind: "axes" });
  await asked[0]!.answer(basis());
  expect(map()).toEqual({ kind: "principal", components: [0, 1] });
  screen.getByText("The two shown hold 90 % of the variance.");
  screen.getByText("Of the codes of step 0.");
  fireEvent.change(screen.getByLabelText("Across"), { target: { value: "1" } });
  expect(map()).toEqual({ kind: "principal", components: [1, 0] });
});

test("at rest components follow the model, with their signs; while it trains only on request", async () => {
  await open({ latentDim: 3 });
  pick("PCA");
  await asked[0]!.answer(basis());
  send(1);
  await asked[1]!.answer(basis(-1));
  expect(stores.explorer.getState().basis!.directions[2]).toBe(1);
  screen.getByText("Of the codes of step 1.");
  act(() => stores.run.getState().train());
  send(2);
  expect(asked.length).toBe(2);
  screen.getByText(/Of the codes of step 1. The model is now at step 2/);
  press("Compute anew");
  expect(asked.length).toBe(3);
  await asked[2]!.refuse();
  screen.getByText("The components could not be computed.");
  press("Compute anew");
  expect(asked.length).toBe(4);
});

test("a UMAP is asked for with its wishes, shown as it forms, and says what it is of", async () => {
  await open({ latentDim: 3 });
  pick("UMAP");
  expect(asked).toEqual([]);
  fireEvent.change(screen.getByLabelText("Neighbours"), { target: { value: "50" } });
  screen.getByText("Between 2 and 3.");
  expect(screen.getByRole<HTMLButtonElement>("button", { name: /Draw a UMAP/ }).disabled).toBe(true);
  fireEvent.change(screen.getByLabelText("Neighbours"), { target: { value: "2" } });
  press("Draw a UMAP of 4 codes");
  const codes = stores.run.getState().snapshot!.posteriorMean;
  expect(asked[0]).toMatchObject({ kind: "umap", ask: { codes, latentDim: 3, neighbours: 2, minDist: 0.1, seed: 1 } });

  const positions = new Float32Array(8);
  act(() => asked[0]!.options.onPart!({ done: 10, total: 40, positions: null }));
  expect(screen.getByRole("progressbar").getAttribute("value")).toBe("10");
  expect(map()).toEqual({ kind: "axes" });
  act(() => asked[0]!.options.onPart!({ done: 20, total: 40, positions }));
  expect(map()).toEqual({ kind: "umap" });
  act(() => stores.explorer.getState().set({ map: { kind: "axes" } }));
  await asked[0]!.answer({ positions: positions.fill(1) });
  expect(map()).toEqual({ kind: "axes" }); // the visitor had gone elsewhere
  pick("UMAP");
  expect(map()).toEqual({ kind: "umap" });
  expect(stores.explorer.getState().embedding).toMatchObject({ codes, positions });
  screen.getByText("Done.");
  send(5);
  screen.getByText(/Of the codes of step 0. The model is now at step 5/);
});

test("a stopped UMAP keeps what has formed and calls the question off", async () => {
  await open({ latentDim: 3 });
  pick("UMAP");
  fireEvent.change(screen.getByLabelText("Neighbours"), { target: { value: "2" } });
  press(/Draw a UMAP/);
  const positions = new Float32Array(8);
  act(() => asked[0]!.options.onPart!({ done: 10, total: 40, positions }));
  press("Stop");
  expect(asked[0]!.options.signal!.aborted).toBe(true);
  act(() => asked[0]!.options.onPart!({ done: 20, total: 40, positions: null }));
  screen.getByText("Stopped after 25 %.");
  expect(stores.explorer.getState().embedding?.positions).toBe(positions);
});

test("a picture of another latent space is not drawn", async () => {
  await open({ latentDim: 3 });
  pick("UMAP");
  fireEvent.change(screen.getByLabelText("Neighbours"), { target: { value: "2" } });
  press(/Draw a UMAP/);
  act(() => stores.run.getState().prepare({ ...DEFAULT_CONFIG, latentDim: 5 }, DEFAULT_OPTIONS));
  await asked[0]!.answer({ positions: new Float32Array(8) });
  expect(stores.explorer.getState().embedding).toBeNull();
});

test("three dimensions can be turned, any other number cannot", async () => {
  await open({ latentDim: 3 });
  pick("3-D");
  expect(map()).toMatchObject({ kind: "turned" });
  const yaw = screen.getByLabelText("Turn about the upright axis");
  fireEvent.keyDown(yaw, { key: "ArrowRight" });
  expect((map() as { yaw: number }).yaw).toBeCloseTo((35 * Math.PI) / 180, 6); // 30° and a stop of 5°
  cleanup();
  await open({ latentDim: 4 });
  expect(screen.queryByRole("radio", { name: "3-D" })).toBeNull();
});

test("with less motion the cloud does not turn by itself", async () => {
  vi.stubGlobal("matchMedia", () => ({ matches: true, addEventListener() {}, removeEventListener() {} }));
  await open({ latentDim: 3 });
  pick("3-D");
  expect(screen.queryByRole("checkbox")).toBeNull();
  screen.getByText(/asks for less motion/);
});
