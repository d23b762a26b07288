// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { loadTexts, setLanguage } from "../../i18n/i18n";
import { GAN_DEFAULTS } from "../../protocol/gan-presets";
import { ENGINE_REFUSALS, type Command, type ReadyReport, type TrainerEvent } from "../../protocol/messages";
import { DEFAULT_CONFIG, DEFAULT_OPTIONS } from "../../protocol/run-config";
import { createDraftStore } from "../../store/draft-store";
import { createExplorerStore } from "../../store/explorer-store";
import { createPreferencesStore } from "../../store/preferences-store";
import { NO_SURVEY } from "../../testing/no-survey";
import { createProbeStore } from "../../store/probe-store";
import { createRunStore } from "../../store/run-store";
import { preloadPanels } from "../../ui/lazy-panel";
import { StoresProvider, type Stores } from "../stores";
import { BackendPanel } from "./BackendPanel";
import { StatusLine } from "./StatusLine";
import { TransportBar } from "./TransportBar";

let stores: Stores;
let sent: Command["type"][];

beforeAll(async () => {
  await Promise.all([loadTexts("panels"), preloadPanels()]);
});
beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  stores = {
    draft: createDraftStore({ config: DEFAULT_CONFIG, options: DEFAULT_OPTIONS }),
    run: createRunStore((command) => sent.push(command.type), { config: DEFAULT_CONFIG, options: DEFAULT_OPTIONS }),
    probe: createProbeStore(2),
    preferences: createPreferencesStore(null),
    explorer: createExplorerStore(),
    survey: NO_SURVEY,
  };
});
afterEach(async () => {
  cleanup();
  vi.useRealTimers();
  await setLanguage("en");
});

const show = (children: ReactNode) => render(<StoresProvider value={stores}>{children}</StoresProvider>);
const button = (name: string) => screen.getByRole<HTMLButtonElement>("button", { name });
const press = (name: string) => fireEvent.click(button(name));
const status = () => screen.getByRole("status");
const attributes = () => Object.fromEntries(Object.entries(status().dataset));

function pass(ms: number) {
  act(() => {
    vi.advanceTimersByTime(ms);
  });
}

type Untold<Event> = Event extends TrainerEvent ? Omit<Event, "runId"> : never;

function tell(event: Untold<TrainerEvent>) {
  act(() => stores.run.getState().receive({ ...event, runId: stores.run.getState().runId } as TrainerEvent));
}

const READY: ReadyReport = {
  backend: { backend: "webgpu", engine: "tfjs", adapter: "Apple M2", skipped: [] },
  image: { height: 28, width: 28, channels: 1 },
  classNames: { en: [], zh: [] },
  examples: { pixels: new Uint8Array(0), labels: new Uint8Array(0) },
  stepsPerEpoch: 70,
  heldOut: 1_000,
  floor: { train: 45.7, heldOut: 45.9 },
  step: 0,
  checkpoint: null,
};

/** Losses of steps `from` … `to`, exact in float32. */
function tellLosses(from: number, to: number) {
  const step = Uint32Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const columns = { step, reconstruction: new Float32Array(step.length).fill(160.5), kl: new Float32Array(step.length).fill(5.25) };
  const objective = new Float32Array(step.length).fill(165.75);
  tell({ type: "losses", columns: { ...columns, objective }, pace: { stepsPerSecond: 2140.4, msPerStep: 0.467, snapshotShare: 0.1 } });
}

test("the buttons carry the run's wishes, and Train becomes Pause", () => {
  show(<TransportBar />);
  press("Train");
  expect(sent).toEqual(["train"]);
  press("Pause");
  press("Step");
  press("Reset");
  expect(sent).toEqual(["train", "pause", "step", "prepare"]);
  press("New seed");
  expect(stores.draft.getState().config.seed).toBe(DEFAULT_CONFIG.seed + 1);
});

test("Train may be pressed while the run is being prepared", () => {
  show(<TransportBar />);
  act(() => stores.run.getState().prepare(DEFAULT_CONFIG, DEFAULT_OPTIONS));
  tell({ type: "progress", stage: "data", done: 1_500_000, total: 3_000_000 });
  pass(1_000);
  expect(screen.getByText("Loading images · 1.5 of 3.0 MB")).toBeTruthy();
  expect(screen.getByRole<HTMLProgressElement>("progressbar", { name: "Progress" }).value).toBe(0.5);
  press("Train");
  expect(sent.at(-1)).toBe("train");
});

test("a draft that cannot run keeps Train from being pressed and says why; a run under way can still be paused", () => {
  show(<TransportBar />);
  act(() => stores.draft.getState().edit({ learningRate: 500 }));
  expect(button("Train").disabled).toBe(true);
  expect(button("Step").disabled).toBe(true);
  expect(screen.getAllByText("Cannot train yet: mend what is marked in red.").length).toBeGreaterThan(0);
  act(() => stores.run.getState().train());
  expect(button("Pause").disabled).toBe(false);
});

test("the bar says where the run stands, how fast it goes and on what", () => {
  show(<TransportBar />);
  act(() => stores.draft.getState().editOptions({ epochs: 20 }));
  act(() => stores.run.getState().prepare(DEFAULT_CONFIG, { ...DEFAULT_OPTIONS, epochs: 20 }));
  tell({ type: "ready", report: READY });
  tellLosses(1, 1_399);
  tell({ type: "evaluated", evaluation: { step: 1_330, images: 1_000, reconstruction: 158, kl: 5.7, objective: 163.7, elbo: -163.7 } });
  pass(1_000);
  const words = screen.getByRole("region", { name: "Training" }).textContent.replaceAll("\u202f", " ");
  for (const part of ["19", "/ 20", "1 399", "−163.7", "2 140", "0.467 ms per step", "To epoch 20"]) expect(words).toContain(part);
  expect(button("Backend: WebGPU · Apple M2")).toBeTruthy();
});

test("kernels being prepared are counted where other stages are shown", () => {
  show(<TransportBar />);
  act(() => stores.run.getState().prepare(DEFAULT_CONFIG, DEFAULT_OPTIONS));
  tell({ type: "progress", stage: "build", done: 0, total: 1 });
  pass(1_000);
  expect(screen.getByText("Building the network")).toBeTruthy();
  tell({ type: "progress", stage: "build", done: 7, total: 14 });
  pass(1_000);
  expect(screen.getByText("Preparing kernels · 7 of 14")).toBeTruthy();
  expect(screen.getByRole<HTMLProgressElement>("progressbar", { name: "Progress" }).value).toBe(0.5);
});

/** Shows the panel of a run on WebGPU. */
function showPanel(backend: Partial<ReadyReport["backend"]>) {
  show(
    <>
      <TransportBar />
      <BackendPanel />
    </>,
  );
  tell({ type: "ready", report: { ...READY, backend: { ...READY.backend, ...backend } } });
  pass(1_000);
}

test("the compiled engine is named on the chip and explained in the panel", () => {
  showPanel({ engine: "compiled", engineNote: null, enginePlan: { dispatches: 13 } });
  expect(button("Backend: WebGPU · Apple M2, engine: compiled")).toBeTruthy();
  expect(screen.getByText(/our own WebGPU kernels/)).toBeTruthy();
  expect(screen.getByText("13 kernel launches; as many steps per submission to the GPU as leave the page smooth")).toBeTruthy();
});

test.each(ENGINE_REFUSALS)("why the compiled engine was passed over is said, with the driver's words as text: %s", (reason) => {
  showPanel({ engineNote: { engine: "compiled", reason, detail: "<b>shader 7</b>" } });
  const fact = screen.getByText("Compiled engine").nextElementSibling!;
  expect(fact.textContent).toMatch(/^\S.*\.<b>shader 7<\/b>$/);
  expect(fact.querySelector("b")).toBeNull();
  expect(screen.getByText(/one GPU kernel per operation/)).toBeTruthy();
});

test("the engine is a wish of the draft's options", () => {
  showPanel({});
  fireEvent.click(within(screen.getByRole("radiogroup", { name: "Engine" })).getByLabelText("compiled"));
  expect(stores.draft.getState().options.engine).toBe("compiled");
});

test("a failure and an end put Train out of reach in words of their own", () => {
  show(<TransportBar />);
  tell({ type: "phase", phase: "finished", step: 70 });
  expect(screen.getAllByText(/^Finished/).length).toBeGreaterThan(0);
  expect(button("Train").disabled).toBe(true);
  tell({ type: "failed", failure: { kind: "worker-silent", seconds: 30 } });
  expect(screen.getAllByText(/^Stopped/).length).toBeGreaterThan(0);
});

test("a GAN is stepped as a whole or one side at a time, by keyboard", async () => {
  vi.useRealTimers();
  vi.stubGlobal("CSS", { escape: (text: string) => text }); // jsdom has none, and react-aria asks for it
  const commands: Command[] = [];
  const config = { ...DEFAULT_CONFIG, ...GAN_DEFAULTS, encoder: [...GAN_DEFAULTS.encoder], decoder: [...GAN_DEFAULTS.decoder] };
  const initial = { config, options: DEFAULT_OPTIONS };
  stores = { ...stores, draft: createDraftStore(initial), run: createRunStore((command) => commands.push(command), initial) };
  show(<TransportBar />);
  press("Step");
  for (const side of ["Step D", "Step G", "Step both"]) {
    button("Step one side of the game").focus();
    await userEvent.keyboard("{ArrowDown}");
    (await screen.findByRole("menuitem", { name: side })).focus();
    await userEvent.keyboard("{Enter}");
    await waitFor(() => expect(screen.queryByRole("menuitem", { name: side })).toBeNull());
  }
  expect(commands.map((command) => ("part" in command ? command.part : command.type))).toEqual([
    "step",
    "discriminator",
    "generator",
    "both",
  ]);
});

test("other families have no sides to step", () => {
  show(<TransportBar />);
  expect(screen.queryByRole("button", { name: "Step one side of the game" })).toBeNull();
});

/** Terms that a VAE without a penalty does not have. */
const NO_OTHER_TERMS = { penalty: "", discriminator: "", generator: "", realScore: "", fakeScore: "" };

test("the status line carries the run as plain attributes, empty while unknown", () => {
  show(<StatusLine />);
  expect(attributes()).toEqual({
    phase: "idle",
    shown: "newest",
    step: "0",
    epoch: "0",
    objective: "",
    reconstruction: "",
    kl: "",
    ...NO_OTHER_TERMS,
    heldoutObjective: "",
    backend: "",
    engine: "",
  });
  act(() => stores.run.getState().train());
  tell({ type: "ready", report: READY });
  tellLosses(1, 139);
  tell({ type: "evaluated", evaluation: { step: 70, images: 1_000, reconstruction: 190, kl: 5.5, objective: 195.5, elbo: -195.5 } });
  pass(300);
  expect(attributes()).toEqual({
    phase: "training",
    shown: "newest",
    step: "139",
    epoch: "1", // 139 of 140 steps: the second epoch is not yet complete
    objective: "165.75",
    reconstruction: "160.5",
    kl: "5.25",
    ...NO_OTHER_TERMS,
    heldoutObjective: "195.5",
    backend: "webgpu",
    engine: "tfjs",
  });
  expect(status().textContent).toContain("objective 165.8 = reconstruction 160.5 + 1 × KL 5.25");
});

test("what is shown follows within a quarter of a second, what is spoken only now and then and at a change of phase", () => {
  show(<StatusLine />);
  act(() => stores.run.getState().train());
  tell({ type: "ready", report: READY });
  const spoken = () => status().querySelector(".visually-hidden")!.textContent;
  const atStart = spoken();
  for (let step = 1; step <= 40; step++) {
    tellLosses(step, step);
    pass(100);
  }
  expect(Number(status().dataset.step)).toBeGreaterThanOrEqual(37);
  expect(spoken()).toBe(atStart);
  act(() => stores.run.getState().pause());
  tell({ type: "phase", phase: "paused", step: 40 });
  expect(spoken()).toMatch(/^Paused: epoch 0, step 40 · objective/);
  expect(status().dataset.phase).toBe("paused");
});

test("both speak Chinese", async () => {
  show(
    <>
      <TransportBar />
      <StatusLine />
    </>,
  );
  vi.useRealTimers();
  await act(() => setLanguage("zh"));
  for (const name of ["训练", "单步", "重置", "换随机种子"]) expect(button(name)).toBeTruthy();
  expect(status().textContent).toContain("就绪");
});
