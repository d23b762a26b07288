// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { loadTexts } from "../../i18n/i18n";
import type { Command, Snapshot } from "../../protocol/messages";
import { recordedConfig, recordedFor, type RecordedRun } from "../../protocol/recorded";
import { DEFAULT_CONFIG, DEFAULT_OPTIONS } from "../../protocol/run-config";
import { createDraftStore } from "../../store/draft-store";
import { createExplorerStore } from "../../store/explorer-store";
import { createPreferencesStore } from "../../store/preferences-store";
import { createProbeStore } from "../../store/probe-store";
import { createRunStore } from "../../store/run-store";
import { NO_SURVEY } from "../../testing/no-survey";
import { ObjectiveFormula } from "../objective/ObjectiveFormula";
import { RunFigures } from "../transport/RunFigures";
import { RunProgress } from "../transport/RunProgress";
import { StatusLine } from "../transport/StatusLine";
import { withShownCurves } from "../objective/recorded-curves";
import { preloadPanels } from "../../ui/lazy-panel";
import { StoresProvider, type Stores } from "../stores";
import { RecordedBanner } from "./RecordedBanner";
import { RecordedChooser } from "./RecordedChooser";

let stores: Stores;
let sent: Command[];
let recorded: RecordedRun;

beforeAll(async () => {
  await Promise.all([loadTexts("recorded"), preloadPanels()]);
});
beforeEach(() => {
  sent = [];
  const experiment = { config: DEFAULT_CONFIG, options: DEFAULT_OPTIONS, repairs: [] };
  stores = {
    run: createRunStore((command) => sent.push(command), experiment),
    draft: createDraftStore(experiment),
    probe: createProbeStore(2),
    preferences: createPreferencesStore(null, ["en"]),
    explorer: createExplorerStore(),
    survey: NO_SURVEY,
  };
  const none = new Float32Array(0);
  const snapshot: Snapshot = {
    id: 0,
    step: 3,
    weights: {},
    posteriorMean: none,
    posteriorLogVar: null,
    exampleIndices: [],
    reconstructions: none,
    exampleLosses: none,
    adversarial: null,
  };
  const examples = { pixels: new Uint8Array(0), labels: new Uint8Array(0) };
  recorded = {
    id: "digits-vae",
    config: DEFAULT_CONFIG,
    step: 3,
    epochs: 60,
    snapshot,
    material: { image: { height: 28, width: 28, channels: 1 }, classNames: { en: [], zh: [] }, examples },
    losses: {
      step: Uint32Array.of(1, 2, 3),
      reconstruction: Float32Array.of(5, 4, 3),
      kl: Float32Array.of(0, 1, 2),
      objective: Float32Array.of(5, 5, 5),
    },
    evaluations: [{ step: 3, images: 10, reconstruction: 4, kl: 2, objective: 6, elbo: -6 }],
  };
  stores.run.getState().prepare(DEFAULT_CONFIG, DEFAULT_OPTIONS);
});
afterEach(cleanup);

const show = async (what: React.ReactNode) => {
  await act(async () => void render(<StoresProvider value={stores}>{what}</StoresProvider>));
};
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
const list = () => screen.getByRole<HTMLSelectElement>("combobox", { name: "Recorded run" });
const types = () => sent.map(({ type }) => type);

test("nothing is said while the model on screen is the run's own", async () => {
  await show(<RecordedBanner />);
  expect(screen.queryByRole("button")).toBeNull();
});

test("going on begins a run with the recorded weights, which stay on screen; the line goes", async () => {
  stores.run.getState().showRecorded(recorded);
  await show(<RecordedBanner />);
  expect(screen.getByText(/60 epochs in 3 steps/)).toBeDefined();
  press("Go on from here");
  expect(types()).toEqual(["prepare", "prepare", "train"]);
  const { from } = sent[1] as Extract<Command, { type: "prepare" }>;
  expect((from as { weights: unknown }).weights).toBe(recorded.snapshot.weights);
  expect(stores.run.getState()).toMatchObject({ phase: "training", shown: { kind: "recorded" }, step: 0 });
  expect(screen.queryByRole("button")).toBeNull();
});

test("training from the start trains the run at hand", async () => {
  stores.run.getState().showRecorded(recorded);
  await show(<RecordedBanner />);
  press("Train from the start");
  expect(types()).toEqual(["prepare", "train"]);
  expect(screen.queryByRole("button")).toBeNull();
});

test("where nothing can train, it is still said what is on screen", async () => {
  stores.run.getState().showRecorded(recorded);
  await show(<RecordedBanner />);
  const { runId } = stores.run.getState();
  act(() => stores.run.getState().receive({ type: "failed", runId, failure: { kind: "internal", message: "", stack: null } }));
  expect(screen.getByText(/60 epochs in 3 steps/)).toBeDefined();
  expect(screen.queryByRole("button")).toBeNull();
});

test("the chooser takes a run's config into the draft, and says when there is none", async () => {
  await show(<RecordedChooser />);
  expect(list().value).toBe("digits-vae");
  fireEvent.change(list(), { target: { value: "fashion-vae" } });
  expect(recordedFor(stores.draft.getState().config)).toBe("fashion-vae");
  act(() => stores.draft.getState().load({ ...recordedConfig("digits-ae"), seed: 9 }, DEFAULT_OPTIONS, []));
  expect(list().value).toBe("none");
});

test("the curves of what is shown: the recording's while it is, then the run's own", () => {
  const { run } = stores;
  run.getState().showRecorded(recorded);
  const shown = withShownCurves(run.getState());
  expect([...shown.losses.columns.kl]).toEqual([0, 1, 2]);
  expect(shown).toMatchObject({ step: 3, evaluations: recorded.evaluations });
  expect(withShownCurves(run.getState()).losses).toBe(shown.losses); // made once
  run.getState().reset();
  expect(withShownCurves(run.getState())).toBe(run.getState());
});

test("headline and status line are about the model on screen; scripts are told of the run at hand", async () => {
  const { run } = stores;
  await show(
    <>
      <RunFigures />
      <RunProgress obstacle={null} />
      <ObjectiveFormula />
      <StatusLine />
    </>,
  );
  const status = screen.getByRole("status");
  run.setState({ preparing: null });
  act(() => run.getState().showRecorded(recorded));
  expect(status.textContent).toContain(
    "Recorded run · epoch 0, step 3 · objective 5.00 = reconstruction 3.00 + 1 × KL 2.00 · held-out objective 6.00",
  );
  expect(screen.getByText("−6.0")).not.toBeNull();
  expect(screen.getByText("Recorded run", { selector: "small" })).not.toBeNull();
  expect(screen.getByText("5.00")).not.toBeNull(); // the formula's objective
  expect(screen.queryByText(/^\s*\/ /)).toBeNull(); // of how many epochs: it is on its way nowhere
  expect(status.dataset).toMatchObject({ shown: "recorded", step: "0", objective: "", heldoutObjective: "" });
  act(() => run.getState().reset());
  expect(status.textContent).not.toContain("Recorded run");
  expect(status.dataset["shown"]).toBe("newest");
});
