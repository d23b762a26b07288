// @vitest-environment jsdom
/** Figures of merit as they are read: asked for, waited for, stopped, shown with sample sizes, and called old when they are. */
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, beforeAll, expect, test } from "vitest";
import { loadTexts, setLanguage } from "../../i18n/i18n";
import type { FiguresOfMerit, PosteriorFigures } from "../../protocol/figures";
import type { Command, ReadyReport, TrainerEvent } from "../../protocol/messages";
import { PRESETS, type PresetId } from "../../protocol/presets";
import { DEFAULT_OPTIONS } from "../../protocol/run-config";
import { createDraftStore } from "../../store/draft-store";
import { createExplorerStore } from "../../store/explorer-store";
import { createPreferencesStore } from "../../store/preferences-store";
import { NO_SURVEY } from "../../testing/no-survey";
import { createProbeStore } from "../../store/probe-store";
import { createRunStore } from "../../store/run-store";
import { StoresProvider, type Stores } from "../stores";
import { FiguresPanel } from "./FiguresPanel";
import { shareError } from "./share-error";

let stores: Stores;
let sent: Command[];

function begin(id: PresetId) {
  const experiment = { config: PRESETS[id], options: DEFAULT_OPTIONS };
  sent = [];
  stores = {
    draft: createDraftStore(experiment),
    run: createRunStore((command) => sent.push(command), experiment),
    probe: createProbeStore(2),
    preferences: createPreferencesStore(null),
    explorer: createExplorerStore(),
    survey: NO_SURVEY,
  };
  render(
    <StoresProvider value={stores}>
      <FiguresPanel />
    </StoresProvider>,
  );
}

type Untold<Event> = Event extends TrainerEvent ? Omit<Event, "runId"> : never;

const tell = (event: Untold<TrainerEvent>) =>
  act(() => stores.run.getState().receive({ ...event, runId: stores.run.getState().runId } as TrainerEvent));

const REPORT: ReadyReport = {
  backend: { backend: "wasm", engine: "tfjs", adapter: "", skipped: [] },
  image: { height: 28, width: 28, channels: 1 },
  classNames: { en: Array.from("0123456789"), zh: Array.from("零一二三四五六七八九") },
  examples: { pixels: new Uint8Array(), labels: new Uint8Array() },
  stepsPerEpoch: 70,
  heldOut: 1000,
  floor: null,
  step: 0,
  checkpoint: null,
};

const POSTERIOR: PosteriorFigures = {
  elbo: -113.25,
  reconstruction: 89,
  kl: 24.25,
  isLikelihood: true,
  importance: [
    { samples: 1, bound: -113.25, standardError: 1.5 },
    { samples: 8, bound: -110.5, standardError: 1.4 },
    { samples: 64, bound: -109.125, standardError: 1.3 },
  ],
  klPerDimension: Float32Array.of(2.5, 0.001, 1.25),
  meanVariance: Float32Array.of(0.9, 0.0001, 0.7),
  activeUnits: 2,
  aggregateMean: Float32Array.of(0.1, 0, -0.2),
  aggregateDeviation: Float32Array.of(0.95, 1, 1.1),
  mmd: -0.0002,
  mmdBandwidth: 2,
};

const FIGURES: FiguresOfMerit = {
  step: 1400,
  images: 500,
  codes: { knnAccuracy: 0.9, neighbours: 10, referenceImages: 5000, pixelKnnAccuracy: 0.94 },
  posterior: POSTERIOR,
  baseline: { modelSquaredError: 20, pcaSquaredError: 25, components: 3, fittedImages: 5000, explainedVariance: 0.45 },
  coverage: null,
};

const cells = (row: HTMLElement) =>
  within(row)
    .getAllByRole("cell")
    .map((cell) => cell.textContent);
const rowOf = (name: string | RegExp) => screen.getByRole("rowheader", { name }).closest("tr")!;

beforeAll(() => loadTexts("merit"));
afterEach(async () => {
  cleanup();
  await setLanguage("en");
});

test("judging is asked for with k and a number of images, shown as it goes, and stopped", () => {
  begin("vae-20");
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Judge on held-out data" }).disabled).toBe(true);
  expect(screen.getByText(/Nothing judged yet/)).toBeTruthy();
  tell({ type: "ready", report: REPORT });
  fireEvent.change(screen.getByLabelText("Importance samples k"), { target: { value: "64" } });
  fireEvent.change(screen.getByLabelText("Held-out images judged"), { target: { value: "1000" } });
  fireEvent.click(screen.getByRole("button", { name: "Judge on held-out data" }));
  expect(sent.at(-1)).toMatchObject({ type: "judge", request: { importanceSamples: 64, images: 1000 } });
  tell({ type: "judging", done: 3, total: 8 });
  expect(screen.getByRole<HTMLProgressElement>("progressbar", { name: /37 % done/ }).value).toBe(3);
  fireEvent.click(screen.getByRole("button", { name: "Stop" }));
  expect(sent.at(-1)).toMatchObject({ type: "stop-judging" });
  tell({ type: "judged", figures: null });
  expect(screen.getByRole("button", { name: "Judge on held-out data" })).toBeTruthy();
});

test("every figure stands in a table with its error, its sample size and its step", () => {
  begin("vae-bernoulli");
  tell({ type: "ready", report: REPORT });
  tell({ type: "phase", phase: "paused", step: 1400 });
  tell({ type: "judged", figures: FIGURES });
  expect(screen.getByText(/^At step 1\s400, on 500 held-out examples\./)).toBeTruthy();
  expect(cells(rowOf("ELBO"))).toEqual(["−113.25"]);
  expect(screen.getByText(/reconstruction 89\.00, KL 24\.25/)).toBeTruthy();
  expect(cells(rowOf("k = 64"))).toEqual(["−109.13 ± 1.30"]); // the chart beside it is for the eye
  expect(cells(rowOf("Active units"))).toEqual(["2 of 3"]);
  expect(cells(rowOf("z2"))).toEqual(["0.001", "0.00", "1.00"]);
  expect(cells(rowOf("k-NN of codes"))).toEqual(["90.0 % ± 1.3"]);
  expect(cells(rowOf("PCA’s"))).toEqual(["25.00"]);
  expect(screen.getByText(/20 % below PCA/)).toBeTruthy();
  expect(screen.queryByText(/no likelihood/)).toBeNull();
});

test("grey pixels are no likelihood, and it is said", () => {
  begin("vae-20");
  tell({ type: "judged", figures: { ...FIGURES, posterior: { ...POSTERIOR, isLikelihood: false } } });
  expect(screen.getByText(/no likelihood/)).toBeTruthy();
});

test("figures of an earlier step are called so", () => {
  begin("vae-20");
  tell({ type: "judged", figures: FIGURES });
  tell({ type: "phase", phase: "paused", step: 1400 });
  expect(screen.queryByText(/gone on/)).toBeNull();
  tell({ type: "phase", phase: "paused", step: 1500 });
  expect(screen.getByText(/gone on to step 1\s500/)).toBeTruthy();
});

test("an autoencoder has no bounds, a GAN its classes alone", () => {
  begin("ae-plane");
  tell({ type: "judged", figures: { ...FIGURES, posterior: null } });
  expect(screen.getAllByRole("table")).toHaveLength(1);
  expect(screen.queryByLabelText("Importance samples k")).toBeNull();
  cleanup();
  begin("gan-dense");
  tell({ type: "ready", report: REPORT });
  const counts = [50, 100, 0, 50, 50, 50, 50, 50, 50, 50];
  const coverage = { draws: 500, counts, covered: 9, classifierAccuracy: 0.981 };
  tell({ type: "judged", figures: { step: 1400, images: 500, codes: null, posterior: null, baseline: null, coverage } });
  expect(screen.getByText("9 of 10 classes")).toBeTruthy();
  expect(screen.getByText(/98\.1 %/)).toBeTruthy();
  expect(cells(rowOf("1"))).toEqual(["100 (20.0 %)"]);
});

test("a GAN without classifier has nothing to be judged by", () => {
  begin("gan-points");
  tell({ type: "judged", figures: { step: 1400, images: 500, codes: null, posterior: null, baseline: null, coverage: null } });
  expect(screen.getByText(/No classifier ships/)).toBeTruthy();
});

test("all of it is Chinese in Chinese", async () => {
  await setLanguage("zh");
  await loadTexts("merit");
  begin("vae-20");
  tell({ type: "judged", figures: FIGURES });
  expect(screen.getByText(/第 1\s400 步/)).toBeTruthy();
  expect(document.body.textContent).not.toMatch(/\{\{|undefined|[a-z]+ of [a-z]+/);
});

test("the error of a share is the spread of repeated counts", () => {
  // All 2³ outcomes of three images, each right with probability 0.3: the spread of the share, by hand.
  const p = 0.3;
  let variance = 0;
  for (let outcome = 0; outcome < 8; outcome++) {
    const right = [0, 1, 2].filter((bit) => (outcome >> bit) & 1).length;
    variance += p ** right * (1 - p) ** (3 - right) * (right / 3 - p) ** 2;
  }
  expect(shareError(p, 3)).toBeCloseTo(Math.sqrt(variance), 12);
});
