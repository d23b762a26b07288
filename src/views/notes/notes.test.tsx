// @vitest-environment jsdom
/** The line about a preset: there for presets alone, true to what was measured, and a door to the other version. */
import { act, cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { LAZY_ENGLISH } from "../../i18n/catalogues";
import { loadTexts, setLanguage } from "../../i18n/i18n";
import { checksOf, type Diagnosis } from "../../model/diagnosis";
import { initialWeights } from "../../model/initial-weights";
import type { ReadyReport, TrainerEvent } from "../../protocol/messages";
import { PRESET_FACTS, PRESET_IDS, PRESETS, type PresetId } from "../../protocol/presets";
import { DEFAULT_OPTIONS, type RunConfig } from "../../protocol/run-config";
import { createDraftStore } from "../../store/draft-store";
import { createExplorerStore } from "../../store/explorer-store";
import { createPreferencesStore } from "../../store/preferences-store";
import { NO_SURVEY } from "../../testing/no-survey";
import { createProbeStore } from "../../store/probe-store";
import { createRunStore } from "../../store/run-store";
import { preloadPanels } from "../../ui/lazy-panel";
import { preloadOverlays } from "../../ui/preload-overlays";
import { StoresProvider, type Stores } from "../stores";
import { diagnosisText } from "./diagnosis-text";
import { loadPreset } from "./load-preset";
import { RunNotes } from "./RunNotes";

// jsdom has no CSS.escape, with which react-aria asks the page for its nonce; nor does it say when it is idle.
const STUBS = { CSS: { escape: (text: string) => text }, requestIdleCallback: undefined };

let stores: Stores;
const IMAGES = 20;

function storesFor(config: RunConfig): Stores {
  return {
    draft: createDraftStore({ config, options: DEFAULT_OPTIONS }),
    run: createRunStore(() => {}, { config, options: DEFAULT_OPTIONS }),
    probe: createProbeStore(2),
    preferences: createPreferencesStore(null),
    explorer: createExplorerStore(),
    survey: NO_SURVEY,
  };
}

type Untold<Event> = Event extends TrainerEvent ? Omit<Event, "runId"> : never;

const tell = (event: Untold<TrainerEvent>) =>
  act(() => stores.run.getState().receive({ ...event, runId: stores.run.getState().runId } as TrainerEvent));

function readyWith(pixels: number): ReadyReport {
  return {
    backend: { backend: "wasm", engine: "tfjs", adapter: "", skipped: [] },
    image: { height: 28, width: 28, channels: 1 },
    classNames: { en: Array.from("0123456789"), zh: Array.from("0123456789") },
    examples: { pixels: new Uint8Array(IMAGES * pixels).fill(200), labels: new Uint8Array(IMAGES) },
    stepsPerEpoch: 70,
    heldOut: IMAGES,
    floor: { train: 45.7, heldOut: 45.6 },
    step: 0,
    checkpoint: null,
  };
}

async function show(id: PresetId) {
  stores = storesFor(PRESETS[id]);
  await act(async () => {
    render(
      <StoresProvider value={stores}>
        <RunNotes />
      </StoresProvider>,
    );
    await Promise.resolve();
  });
}

const strip = () => screen.findByRole("region", { name: /^(Notes|说明)$/ });

beforeAll(async () => {
  await Promise.all([preloadPanels(), preloadOverlays(), loadTexts("notes"), loadTexts("presets")]);
  await preloadPanels(); // what the first ones name
});
beforeEach(() => {
  for (const [name, value] of Object.entries(STUBS)) vi.stubGlobal(name, value);
});
afterEach(async () => {
  cleanup();
  vi.unstubAllGlobals();
  await setLanguage("en");
});

test("the first picture and what is no preset have no line", async () => {
  await show("vae-plane");
  expect(document.querySelector("section")).toBeNull();
  act(() => stores.run.getState().prepare({ ...PRESETS["vae-20"], latentDim: 19 }, DEFAULT_OPTIONS));
  expect(document.querySelector("section")).toBeNull();
  act(() => stores.run.getState().prepare({ ...PRESETS["vae-20"], seed: 9, learningRate: 0.01 }, DEFAULT_OPTIONS));
  expect((await strip()).textContent).toContain("VAE 784-400-20");
});

test("an as-written version says first that nothing is measured, then what is, and leads to the corrected one", async () => {
  await show("ae-deep-written");
  expect((await strip()).textContent).toContain("not measured yet");
  const { network } = stores.run.getState();
  const weights = { ...initialWeights(network, "pytorch", 1) };
  weights["encoder.5.bias"] = Float32Array.of(-1000, -1000, -1000, 1); // three of four units rest for good
  tell({ type: "ready", report: readyWith(network.pixels) });
  tell({
    type: "snapshot",
    snapshot: {
      id: 1,
      step: 300,
      weights,
      posteriorMean: Float32Array.from({ length: IMAGES * 2 }, (_, i) => i),
      posteriorLogVar: null,
      exampleIndices: [],
      reconstructions: new Float32Array(),
      exampleLosses: new Float32Array(),
      adversarial: null,
    },
  });
  expect(await within(await strip()).findByText(/3 of 4 units of encoder layer 6 are 0 on all of 20 held-out examples/)).toBeTruthy();
  await userEvent.click(screen.getByRole("radio", { name: "Corrected" }));
  expect(stores.draft.getState().config).toEqual(PRESETS["ae-deep"]);
});

test("the rest is a press away: the original's mistakes, what is not reproduced, every check", async () => {
  await show("ae-plane-written");
  await strip();
  await userEvent.click(screen.getByRole("button", { name: "More about “VAE” 784-200-2" }));
  const dialog = await screen.findByRole("dialog");
  const { systems, check } = await LAZY_ENGLISH.notes();
  for (const text of [systems.A.wrong, systems.A.watch, systems.A.missing]) expect(dialog.textContent).toContain(text);
  const terms = within(dialog).getAllByRole("term");
  expect(terms.map((term) => term.textContent)).toEqual(
    checksOf(PRESETS["ae-plane-written"]).map((id) => expect.stringContaining(check[id].title) as string),
  );
});

test.each(["en", "zh"] as const)("%s: every verdict of every check is a whole sentence", async (language) => {
  await setLanguage(language);
  const { i18n } = await import("../../i18n/i18n");
  await loadTexts("notes");
  const t = i18n.getFixedT(language, "notes");
  const worst = { side: "encoder", number: 2, units: 16, dead: 12 } as const;
  const range = { least: 0.5, most: 2, images: 500, dimensions: 2 };
  const measured: readonly Omit<Diagnosis, "verdict">[] = [
    { check: "kl-gradient", measure: { images: 500, first: 0.1, last: 41.2, inObjective: 0, ofTerm: 8.4 } },
    { check: "lower-bound", measure: { codeMean: -3, codeSlope: -0.02, objective: -1, objectiveSlope: -0.02, steps: 70 } },
    { check: "heads", measure: { images: 500, leastSigma: 1, negativeMeans: 0, sigmasBelow1: 0 } },
    { check: "progress", measure: { step: 300, bitsPerPixel: 0.99, shareOfWay: 0.01 } },
    { check: "code-spread", measure: { images: 500, dimensions: 2, constant: 1, widest: 3, narrowest: 0 } },
    { check: "dead-units", measure: { images: 500, layers: [worst], worst } },
    { check: "output-range", measure: { images: 500, least: -0.2, greatest: 0.9, below0: 0.3, above1: 0 } },
    { check: "collapse", measure: { ...range, collapsed: 1 } },
    { check: "saturation", measure: { images: 500, surelyFake: 0.93, surelyReal: 0.95 } },
    { check: "coverage", measure: { draws: 500, classes: 10, covered: 4, commonest: 1, commonestShare: 0.6 } },
  ];
  const told = measured.flatMap((diagnosis) =>
    (["found", "clear", "pending"] as const).map((verdict) => diagnosisText(t, { ...diagnosis, verdict } as Diagnosis, ["zero", "one"])),
  );
  expect(told.filter((text) => /\{\{|undefined|NaN|check\./.test(text) || text.length < 8)).toEqual([]);
  expect(new Set(told).size).toBe(told.length);
});

test("a length of run that came with a preset goes with it; the visitor's own stays", () => {
  stores = storesFor(PRESETS["vae-20"]);
  loadPreset(stores.draft, "gan-dense");
  const { epochs } = PRESET_FACTS["gan-dense"];
  expect(epochs).toBeGreaterThan(0);
  expect(stores.draft.getState().options.epochs).toBe(epochs);
  loadPreset(stores.draft, "vae-20");
  expect(stores.draft.getState().options.epochs).toBeNull();
  stores.draft.getState().editOptions({ epochs: 7 });
  loadPreset(stores.draft, "ae-plane");
  expect(stores.draft.getState().options.epochs).toBe(7);
});

test("every preset has its note, and no note is of another", async () => {
  const { about } = await LAZY_ENGLISH.notes();
  expect(Object.keys(about)).toEqual([...PRESET_IDS]);
});
