// @vitest-environment jsdom
/** What each family puts in the place of what a VAE of images shows: found by role and name, as a visitor would. */
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, expect, test } from "vitest";
import { loadTexts } from "../../i18n/i18n";
import { initialWeights } from "../../model/initial-weights";
import type { AdversarialSnapshot, ReadyReport, Snapshot } from "../../protocol/messages";
import { pixelCount, DATASETS } from "../../protocol/datasets";
import { DEFAULT_CONFIG, DEFAULT_OPTIONS, POINT_DEFAULTS, type RunConfig } from "../../protocol/run-config";
import { createDraftStore } from "../../store/draft-store";
import { createExplorerStore } from "../../store/explorer-store";
import { createPreferencesStore } from "../../store/preferences-store";
import { NO_SURVEY } from "../../testing/no-survey";
import { createProbeStore } from "../../store/probe-store";
import { createRunStore } from "../../store/run-store";
import { DataColumn } from "../data/DataColumn";
import { ClassLegend } from "../latent/ClassLegend";
import { ClassPicker } from "../latent/ClassPicker";
import { ProbeReadout } from "../latent/ProbeReadout";
import { OutputColumn } from "../output/OutputColumn";
import { StoresProvider, type Stores } from "../stores";
import { GamePanel } from "./GamePanel";

const CLASSES = ["zero", "one", "two"];
const IMAGES = 9;
const layer = (units: number) => ({ units, activation: "relu" as const });
const SMALL: RunConfig = { ...DEFAULT_CONFIG, encoder: [layer(4)], decoder: [layer(4)] };
const POINTS: RunConfig = { ...SMALL, ...POINT_DEFAULTS, data: "swissroll", trainSize: 4_000, encoder: [layer(4)], decoder: [layer(4)] };
let stores: Stores;

afterEach(cleanup);

function report(config: RunConfig): ReadyReport {
  const { image } = DATASETS[config.data];
  return {
    backend: { backend: "cpu", engine: "tfjs", adapter: "", skipped: [] },
    image,
    classNames: { en: CLASSES, zh: CLASSES },
    examples: {
      pixels: Uint8Array.from({ length: IMAGES * pixelCount(image) }, (_, i) => (i * 37) % 256),
      labels: Uint8Array.from({ length: IMAGES }, (_, i) => i % 3),
    },
    stepsPerEpoch: 70,
    heldOut: IMAGES,
    floor: null,
    step: 0,
    checkpoint: null,
  };
}

const DRAWS = 8;

function adversarialOf(change: Partial<AdversarialSnapshot> = {}): AdversarialSnapshot {
  return {
    draws: Float32Array.from({ length: DRAWS * 2 }, (_, i) => i / 4),
    drawClasses: Uint8Array.of(0, 0, 0, 1, 1, 1, 1, 1),
    classifierAccuracy: 0.972,
    fakeScores: new Float32Array(DRAWS).fill(Math.log(1 / 3)), // P = ¼
    realScores: new Float32Array(IMAGES).fill(Math.log(3)), // P = ¾
    ...change,
  };
}

async function show(config: RunConfig, view: ReactNode, adversarial: AdversarialSnapshot | null = null) {
  await loadTexts("adversary");
  stores = {
    draft: createDraftStore({ config, options: DEFAULT_OPTIONS }),
    run: createRunStore(() => {}, { config, options: DEFAULT_OPTIONS }),
    probe: createProbeStore(config.latentDim),
    preferences: createPreferencesStore(null),
    explorer: createExplorerStore(),
    survey: NO_SURVEY,
  };
  const { runId, network, receive } = stores.run.getState();
  const chosen = 2;
  const snapshot: Snapshot = {
    id: 1,
    step: 1,
    weights: initialWeights(network, "pytorch", 1),
    posteriorMean: adversarial === null ? Float32Array.from({ length: IMAGES * config.latentDim }, (_, i) => i / 8) : new Float32Array(),
    posteriorLogVar: null,
    exampleIndices: [1, 2],
    reconstructions: new Float32Array(chosen * network.pixels),
    exampleLosses: Float32Array.from({ length: chosen }, () => Math.log(3)),
    adversarial,
  };
  receive({ type: "ready", runId, report: report(config) });
  receive({ type: "snapshot", runId, snapshot });
  await act(async () => render(<StoresProvider value={stores}>{view}</StoresProvider>));
}

test("a conditional model decodes as the class that is picked, and the readout says so", async () => {
  await show(
    { ...SMALL, conditional: true },
    <>
      <ClassPicker />
      <ProbeReadout />
    </>,
  );
  const radios = within(screen.getByRole("radiogroup", { name: "Class that the decoder is told" })).getAllByRole("radio");
  expect(radios.map((radio) => [radio.getAttribute("aria-label"), (radio as HTMLInputElement).checked])).toEqual([
    ["zero", true],
    ["one", false],
    ["two", false],
  ]);
  fireEvent.click(radios[2]!);
  expect(stores.probe.getState().label).toBe(2);
  expect(screen.getByText("as two")).toBeTruthy();
});

test("an unconditional model says nothing of a class", async () => {
  await show(SMALL, <ProbeReadout />);
  expect(screen.queryByText(/^as /)).toBeNull();
});

test("spoilt inputs stand with the clean image, and outputs are judged against that", async () => {
  await show(
    { ...SMALL, corruption: "masking", corruptionLevel: 0.5 },
    <>
      <DataColumn selected={0} onSelect={() => {}} />
      <OutputColumn selected={0} />
    </>,
  );
  const inputs = screen.getByRole("list", { name: "Inputs" });
  expect(
    within(inputs)
      .getAllByRole("img")
      .map((image) => image.getAttribute("aria-label")),
  ).toEqual(["Clean: one", "Clean: two"]);
  const outputs = screen.getByRole("figure", { name: "Reconstructions" });
  expect(within(outputs).getByRole("img", { name: "Clean: one" })).toBeTruthy();
});

test("a GAN's output is what its draws generate, with D's probability; a press puts the probe at the draw", async () => {
  await show({ ...SMALL, model: "gan" }, <OutputColumn selected={0} />, adversarialOf());
  const figure = await screen.findByRole("figure", { name: "Generated images" });
  const tiles = await within(figure).findAllByRole("button");
  expect(tiles.map((tile) => tile.getAttribute("aria-label"))).toEqual([
    "Generated from draw 1, P(real) 0.75: put the probe there",
    "Generated from draw 2, P(real) 0.75: put the probe there",
  ]);
  fireEvent.click(tiles[1]!);
  expect(stores.probe.getState().z).toEqual([0.5, 0.75]);
});

test("the game in numbers: mean probabilities, the histogram as a table, classes covered with the classifier's accuracy", async () => {
  await show({ ...SMALL, model: "gan" }, <GamePanel />, adversarialOf());
  expect(screen.getByText("real 0.75")).toBeTruthy();
  expect(screen.getByText("generated 0.25")).toBeTruthy();
  const rows = within(screen.getByRole("table", { name: "How many images are scored how" })).getAllByRole("row");
  expect(rows.map((row) => row.textContent)).toEqual([
    "probability of being realRealGenerated",
    "0.0–0.200",
    "0.2–0.408",
    "0.4–0.600",
    "0.6–0.890",
    "0.8–1.000",
  ]);
  expect(screen.getByText("2 of 3 classes covered")).toBeTruthy();
  expect(screen.getByText(/right on 97\.2 % of held-out images/)).toBeTruthy();
  const bars = within(screen.getByRole("figure", { name: "Classes among the generated images" })).getAllByRole("listitem");
  expect(bars.map((bar) => bar.title)).toEqual(["zero: 3", "one: 5", "two: 0"]);
});

test("where nobody knows a class there is no legend and no coverage", async () => {
  await show(
    { ...SMALL, model: "gan" },
    <>
      <ClassLegend>{null}</ClassLegend>
      <GamePanel />
    </>,
    adversarialOf({ drawClasses: null, classifierAccuracy: null }),
  );
  expect(screen.queryByRole("group", { name: /^Classes/ })).toBeNull();
  expect(screen.queryByText(/classes covered/)).toBeNull();
});

test("points show the space they lie in, which arrow keys turn and a table tells", async () => {
  await show(POINTS, <OutputColumn selected={0} />);
  const figure = await screen.findByRole("figure", { name: "Data space" });
  expect(
    within(figure)
      .getAllByRole("listitem")
      .map((item) => item.textContent),
  ).toEqual(["held-out points", "reconstructions", "the latent plane, decoded", "the probe, decoded"]);
  const yaw = within(figure).getByRole("slider", { name: "Turn" });
  const before = Number.parseInt(yaw.getAttribute("aria-valuetext")!, 10);
  fireEvent.keyDown(yaw, { key: "ArrowRight" });
  expect(yaw.getAttribute("aria-valuetext")).toBe(`${before + 5}°`);
  fireEvent.keyDown(yaw, { key: "ArrowDown", shiftKey: true });
  fireEvent.keyDown(yaw, { key: "Home" });
  expect(yaw.getAttribute("aria-valuetext")).toBe(`${before}°`);
});
