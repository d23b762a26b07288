// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { preloadPanels } from "../../ui/lazy-panel";
import type { Snapshot, TrainerEvent } from "../../protocol/messages";
import { DEFAULT_CONFIG, DEFAULT_OPTIONS, type RunConfig } from "../../protocol/run-config";
import { createDraftStore } from "../../store/draft-store";
import { createExplorerStore } from "../../store/explorer-store";
import { createPreferencesStore } from "../../store/preferences-store";
import { NO_SURVEY } from "../../testing/no-survey";
import { createProbeStore } from "../../store/probe-store";
import { createRunStore } from "../../store/run-store";
import { StoresProvider, type Stores } from "../stores";
import { LossCard } from "./LossCard";
import { ObjectiveCard } from "./ObjectiveCard";

let stores: Stores;
const config = (): RunConfig => stores.draft.getState().config;

function begin(run: RunConfig = DEFAULT_CONFIG) {
  stores = {
    draft: createDraftStore({ config: run, options: DEFAULT_OPTIONS }),
    run: createRunStore(() => {}, { config: run, options: DEFAULT_OPTIONS }),
    probe: createProbeStore(2),
    preferences: createPreferencesStore(null),
    explorer: createExplorerStore(),
    survey: NO_SURVEY,
  };
}

beforeAll(preloadPanels);
beforeEach(() => {
  vi.useFakeTimers();
  begin();
  // jsdom lays nothing out: a size is given to every element, as the page would to the chart.
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(800);
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(240);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const show = (children: ReactNode) => render(<StoresProvider value={stores}>{children}</StoresProvider>);
const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });

const shown = () => stores.run.getState().shown;

function snapshotOf(step: number): Snapshot {
  const none = new Float32Array(0);
  return {
    id: step + 1,
    step,
    weights: {},
    posteriorMean: none,
    posteriorLogVar: null,
    exampleIndices: [],
    reconstructions: none,
    exampleLosses: none,
    adversarial: null,
  };
}

/** Losses that fall by one nat a step from 200, KL 4, told of steps 1 … `steps`. */
function tellLosses(steps: number) {
  const step = Uint32Array.from({ length: steps }, (_, i) => i + 1);
  const reconstruction = Float32Array.from(step, (each) => 201 - each);
  const kl = new Float32Array(steps).fill(4);
  const objective = reconstruction.map((value) => value + 4);
  tell({ type: "losses", columns: { step, reconstruction, kl, objective }, pace: null });
}

type Untold<Event> = Event extends TrainerEvent ? Omit<Event, "runId"> : never;

function tell(event: Untold<TrainerEvent>) {
  act(() => {
    stores.run.getState().receive({ ...event, runId: stores.run.getState().runId } as TrainerEvent);
    vi.advanceTimersByTime(500);
  });
}

const formula = () => screen.getByTitle(/training batch|No step/).textContent;

test("the formula holds the run's last numbers, and dashes before there are any", () => {
  show(<ObjectiveCard />);
  expect(formula()).toBe("–objective=–reconstruction · BCE+1β×–KL");
  tellLosses(3);
  expect(formula()).toBe("202.0objective=198.0reconstruction · BCE+1β×4.00KL");
});

test("an autoencoder's objective is its reconstruction alone; β gives way to the reason", () => {
  begin({ ...DEFAULT_CONFIG, model: "ae" });
  show(<ObjectiveCard />);
  expect(screen.getByTitle(/No step/).textContent).toBe("–objective=–reconstruction · BCE");
  expect(screen.queryByRole("slider", { name: /β/ })).toBeNull();
  expect(screen.getByText("An autoencoder has no KL term, and so no β.")).toBeTruthy();
  fireEvent.click(screen.getByLabelText("VAE"));
  expect(config().model).toBe("vae");
});

test("rates move by slider and by exact number, beyond the slider's end too", () => {
  show(<ObjectiveCard />);
  fireEvent.keyDown(screen.getByRole("slider", { name: "Learning rate" }), { key: "ArrowRight" });
  expect(config().learningRate).toBeGreaterThan(0.001);
  type("Learning rate, exact", "100");
  expect(config().learningRate).toBe(100);
  expect(stores.draft.getState().issues).toEqual([]);
  type("β, exact", "0");
  expect(config().beta).toBe(0);
  const beta = screen.getByRole("slider", { name: "β, the weight of the KL term" });
  fireEvent.keyDown(beta, { key: "ArrowRight" });
  expect(config().beta).toBe(0.01);
});

test("a number out of range says so beside its field", () => {
  show(<ObjectiveCard />);
  type("Learning rate, exact", "101");
  expect(screen.getByText("From 0.000001 to 100.")).toBeTruthy();
  type("Learning rate, exact", "0.01");
  expect(screen.queryByText("From 0.000001 to 100.")).toBeNull();
  type("Seed", "1.5");
  expect(screen.getByText("A whole number from 0 to 4294967295.")).toBeTruthy();
});

test("an optimiser brings the rate it is usually run at, and SGD its momentum", () => {
  show(<ObjectiveCard />);
  expect(screen.queryByLabelText("Momentum")).toBeNull();
  type("Optimiser", "adadelta");
  expect(config()).toMatchObject({ optimiser: "adadelta", learningRate: 1 });
  type("Optimiser", "sgd");
  expect(config()).toMatchObject({ optimiser: "sgd", learningRate: 0.001 });
  type("Momentum", "0.5");
  expect(config().momentum).toBe(0.5);
});

test("loss, batch, seed and the epoch to stop at reach the draft", () => {
  show(<ObjectiveCard />);
  type("Reconstruction loss", "mse");
  type("Batch size", "64");
  type("Seed", "7");
  expect(config()).toMatchObject({ reconstruction: "mse", batchSize: 64, seed: 7 });
  type("Until epoch; empty: no end", "20");
  expect(stores.draft.getState().options.epochs).toBe(20);
  type("Until epoch; empty: no end", "");
  expect(stores.draft.getState().options.epochs).toBeNull();
});

test("before the first step the loss figure says what will come", () => {
  show(<LossCard />);
  const figure = screen.getByRole("figure", { name: "Loss curves" });
  expect(within(figure).getByText("Press Train, and the curves are drawn here step by step.")).toBeTruthy();
  expect(within(figure).queryByRole("slider")).toBeNull();
});

test("the reader says every term at a step, by arrow keys", () => {
  show(<LossCard />);
  tellLosses(50);
  const reader = screen.getByRole<HTMLInputElement>("slider", { name: /^Read the curves/ });
  fireEvent.focus(reader);
  expect(reader.value).toBe("50");
  fireEvent.keyDown(reader, { key: "ArrowLeft" });
  expect(reader.getAttribute("aria-valuetext")).toBe("step 49, epoch 0: objective 156.0; reconstruction 152.0; KL 4.00");
  fireEvent.keyDown(reader, { key: "Home" });
  expect(reader.value).toBe("1");
  fireEvent.keyDown(reader, { key: "Escape" });
  expect(reader.value).toBe("50");
});

test("a change of rate leaves a mark that says what changed", () => {
  show(<LossCard />);
  tellLosses(50);
  tell({ type: "tuned", step: 30, learningRate: 0.01, beta: 4 });
  expect(screen.getByRole("button", { name: "step 31: learning rate 0.001 → 0.01 · β 1 → 4" })).toBeTruthy();
});

test("the curves stay where a failure ended the run, and the place is named", () => {
  show(<LossCard />);
  tellLosses(50);
  const failure = { kind: "diverged", term: "kl", value: Number.NaN, step: 51, learningRate: 1, lastGoodStep: 40 } as const;
  tell({ type: "failed", failure });
  expect(screen.getByText("stopped at step 51")).toBeTruthy();
  expect(screen.getByRole("slider", { name: /^Read the curves/ })).toBeTruthy();
});

test("the table says the same in numbers", () => {
  show(<LossCard />);
  tellLosses(50);
  tell({ type: "evaluated", evaluation: { step: 50, images: 1_000, reconstruction: 160, kl: 5, objective: 165, elbo: -165 } });
  fireEvent.click(screen.getByLabelText("Table"));
  const cells = within(screen.getByRole("table")).getAllByRole("row")[1]!.textContent;
  // Steps 1 to 50: means of 204 … 155 and 200 … 151, beside what was held out.
  expect(cells).toBe("1–500179.5165.0175.5160.04.005.00");
});

test("the figure's summary is true of the run", () => {
  show(<LossCard />);
  tellLosses(50);
  const figure = screen.getByRole("figure", { name: "Loss curves" });
  expect(figure.querySelector("figcaption")!.textContent).toBe(
    "After 50 steps, 0 epochs: objective 155.0, reconstruction 151.0, KL 4.00. The objective began at 204.0; its mean over the last epoch is 179.5.",
  );
});

test("the summary's mean is over the last epoch only", () => {
  show(<LossCard />);
  tellLosses(150);
  // Steps 81 to 150 of 70 an epoch: 124 … 55.
  expect(screen.getByRole("figure", { name: "Loss curves" }).querySelector("figcaption")!.textContent).toContain(
    "its mean over the last epoch is 89.5.",
  );
});

test("a press or a drag on the curves shows the model of that step, marked there; Escape shows the run again", () => {
  show(<LossCard />);
  for (const step of [0, 1, 2, 4, 8]) tell({ type: "snapshot", snapshot: snapshotOf(step) });
  tellLosses(8);
  const reader = screen.getByRole("slider", { name: /Read the curves/ });
  const plot = reader.parentElement!;
  expect(screen.queryByText(/Model of step/)).toBeNull();

  fireEvent.pointerMove(plot, { clientX: 0 }); // hovering reads, and shows nothing else
  expect(shown()).toEqual({ kind: "newest" });
  const at = (step: number) => (Number.parseFloat(plot.style.width) * step) / 8; // steps 0 … 8 lie over the width
  const captured: number[] = [];
  plot.setPointerCapture = (pointer) => void captured.push(pointer);
  fireEvent.pointerDown(plot, { clientX: at(1.5), button: 0, pointerId: 7, isPrimary: true });
  expect(captured).toEqual([7]); // a hand that slips off goes on dragging
  expect(shown()).toEqual({ kind: "moment", step: 1 });
  expect(screen.getByText("Model of step 1")).toBeTruthy();
  fireEvent.pointerMove(plot, { clientX: at(5), buttons: 1 });
  expect(shown()).toEqual({ kind: "moment", step: 4 });
  fireEvent.pointerMove(plot, { clientX: -40, buttons: 1 }); // slipped off the curves
  expect(shown()).toEqual({ kind: "moment", step: 0 });
  fireEvent.keyDown(reader, { key: "Escape" });
  expect(shown()).toEqual({ kind: "newest" });
  expect(screen.queryByText(/Model of step/)).toBeNull();

  fireEvent.keyDown(reader, { key: "Home" });
  fireEvent.keyDown(reader, { key: "ArrowRight" });
  expect(shown()).toEqual({ kind: "newest" });
  fireEvent.keyDown(reader, { key: "Enter" });
  expect(shown()).toEqual({ kind: "moment", step: 2 });
});
