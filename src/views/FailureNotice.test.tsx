// @vitest-environment jsdom
/** Every failure in both languages: what happened with its facts, and buttons that do what they say. */
import { act, cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { setLanguage } from "../i18n/i18n";
import type { Failure, FailureKind } from "../protocol/failure";
import type { Command, ReadyReport, TrainerEvent } from "../protocol/messages";
import { DEFAULT_CONFIG, DEFAULT_OPTIONS } from "../protocol/run-config";
import { createDraftStore } from "../store/draft-store";
import { createExplorerStore } from "../store/explorer-store";
import { createPreferencesStore } from "../store/preferences-store";
import { NO_SURVEY } from "../testing/no-survey";
import { createProbeStore } from "../store/probe-store";
import { createRunStore } from "../store/run-store";
import { FailureNotice } from "./FailureNotice";
import { calmerRate } from "./failure-actions";
import { StoresProvider } from "./stores";

const FAILURES: { readonly [Kind in FailureKind]: readonly Extract<Failure, { kind: Kind }>[] } = {
  "no-webgpu": [
    { kind: "no-webgpu", detail: "no-api" },
    { kind: "no-webgpu", detail: "no-adapter" },
  ],
  "adapter-refused": [{ kind: "adapter-refused", message: "FACT-driver" }],
  "backend-unavailable": [{ kind: "backend-unavailable", backend: "wasm", message: "FACT-module" }],
  "self-test-failed": [{ kind: "self-test-failed", backend: "webgpu", message: "FACT-zeros" }],
  "device-lost": [
    { kind: "device-lost", reason: "FACT-destroyed", message: "", step: 4321, resumable: true },
    { kind: "device-lost", reason: "", message: "FACT-reset", step: 4321, resumable: false },
  ],
  "out-of-memory": [{ kind: "out-of-memory", backend: "webgpu", bytes: 3 * 2 ** 30, message: "" }],
  diverged: [{ kind: "diverged", term: "kl", value: Number.NaN, step: 4321, learningRate: 100, lastGoodStep: 4300 }],
  "data-missing": [
    { kind: "data-missing", dataset: "mnist", file: "FACT-train-00.bin", status: 404 },
    { kind: "data-missing", dataset: "mnist", file: "FACT-train-00.bin", status: 0 },
  ],
  "data-corrupt": [{ kind: "data-corrupt", dataset: "shapes", file: "FACT-train-01.bin" }],
  "invalid-config": [{ kind: "invalid-config", issues: ["FACT-encoder.0.units", "beta"] }],
  "invalid-weights": [{ kind: "invalid-weights", name: "FACT-mean.weight", problem: "wrong-size" }],
  "storage-refused": [{ kind: "storage-refused", message: "FACT-quota" }],
  "worker-crashed": [{ kind: "worker-crashed", message: "FACT-boom" }],
  "worker-silent": [{ kind: "worker-silent", seconds: 31.4 }],
  internal: [{ kind: "internal", message: "FACT-bug", stack: null }],
};

/** What must be read on screen besides whatever says FACT. */
const NUMBERS: Readonly<Partial<Record<FailureKind, readonly string[]>>> = {
  "device-lost": ["4321"],
  "out-of-memory": ["3072 MiB"],
  diverged: ["4321", "4300", "NaN", "100", "10"],
  "worker-silent": ["31"],
};

const reload = vi.fn<() => void>();
let sent: Command[];

function makeStores() {
  const experiment = { config: DEFAULT_CONFIG, options: DEFAULT_OPTIONS };
  sent = [];
  return {
    run: createRunStore((command) => sent.push(command), experiment),
    draft: createDraftStore(experiment),
    probe: createProbeStore(2),
    preferences: createPreferencesStore(null, ["en"]),
    explorer: createExplorerStore(),
    survey: NO_SURVEY,
  };
}

let stores: ReturnType<typeof makeStores>;

beforeEach(() => {
  stores = makeStores();
  vi.clearAllMocks();
  render(
    <StoresProvider value={stores}>
      <FailureNotice reload={reload} />
    </StoresProvider>,
  );
});

afterEach(async () => {
  cleanup();
  await setLanguage("en");
});

type Told = TrainerEvent extends infer Event ? (Event extends TrainerEvent ? Omit<Event, "runId"> : never) : never;

const tell = (event: Told) => act(() => stores.run.getState().receive({ runId: stores.run.getState().runId, ...event } as TrainerEvent));
const fail = (failure: Failure) => tell({ type: "failed", failure });
const press = (name: string | RegExp) => userEvent.click(screen.getByRole("button", { name }));
const commands = () => sent.map((command) => command.type);

const cases = (["en", "zh"] as const).flatMap((language) =>
  Object.values<readonly Failure[]>(FAILURES)
    .flat()
    .map((failure) => ({ language, failure, kind: failure.kind })),
);

test.each(cases)("$language: $kind says what happened, with its facts", async ({ language, failure }) => {
  await act(() => setLanguage(language));
  fail(failure);
  const alert = screen.getByRole("alert");
  const facts = [...JSON.stringify(failure).matchAll(/FACT-[\w.-]+/g)].map(([fact]) => fact);
  for (const fact of [...facts, ...(NUMBERS[failure.kind] ?? [])]) expect(alert.textContent).toContain(fact);
  expect(alert.textContent).not.toMatch(/\{\{|undefined|kind\.|\[object/);
  const isChinese = /[\u4e00-\u9fff]/.test(alert.textContent);
  expect(isChinese).toBe(language === "zh");
  // What cannot be undone from here still has words for a next step.
  const buttons = within(alert).getAllByRole("button");
  expect(buttons.length).toBeGreaterThan(failure.kind === "storage-refused" ? 0 : 1);
});

test("a loss past all use is written with its exponent", () => {
  fail({ ...FAILURES.diverged[0]!, value: 558_123_456_789 });
  expect(screen.getByRole("alert").textContent).toContain("5.58e11");
});

test("texts from outside stay text, whatever they look like", () => {
  const message = "<img src=x onerror=alert(1)> {{next}} $t(action.reset)";
  fail({ kind: "worker-crashed", message });
  expect(screen.getByRole("alert").textContent).toContain(message);
  expect(document.querySelector("img")).toBeNull();
});

test("a divergence leads back to the last good step with a tenth of the rate", async () => {
  fail(FAILURES.diverged[0]!);
  await press("Back to step 4300 with rate 10");
  expect(sent).toMatchObject([{ type: "rewind", learningRate: 10 }]);
  expect(stores.run.getState().phase).toBe("paused");
  expect(screen.getByRole("alert").textContent).toBe("");
});

test("a tenth of a rate is written as people write it, and stays in range", () => {
  expect([calmerRate(0.003), calmerRate(0.7), calmerRate(1e-6)]).toEqual([0.0003, 0.07, 1e-6]);
});

test("data can be asked for again, and so can a worker", async () => {
  for (const failure of [FAILURES["data-corrupt"][0]!, FAILURES["worker-crashed"][0]!]) {
    fail(failure);
    await press("Try again");
  }
  expect(commands()).toEqual(["prepare", "prepare"]);
});

test("a backend that fails leads to the next one", async () => {
  fail(FAILURES["self-test-failed"][0]!);
  await press("Train on WebAssembly");
  expect(stores.draft.getState().options.backend).toBe("wasm");
  fail(FAILURES["backend-unavailable"][0]!);
  await press("Train on CPU");
  expect(stores.draft.getState().options.backend).toBe("cpu");
});

test("the way on is reached before the way out", () => {
  fail(FAILURES["data-missing"][0]!);
  expect(within(screen.getByRole("alert")).getAllByRole("button")[0]!.textContent).toBe("Try again");
});

test("a hidden failure can be shown again; a new one shows itself", async () => {
  fail(FAILURES.internal[0]!);
  await press("Hide");
  expect(screen.getByRole("alert").textContent).toBe("What happened?");
  await press("What happened?");
  expect(screen.getByRole("alert").textContent).toContain("FACT-bug");
  await press("Hide");
  fail(FAILURES["worker-crashed"][0]!);
  expect(screen.getByRole("alert").textContent).toContain("FACT-boom");
  await press("Reload the page");
  expect(reload).toHaveBeenCalledOnce();
});

test("a notice is no alert, and goes when it is dismissed", async () => {
  tell({ type: "notice", failure: FAILURES["storage-refused"][0]! });
  expect(screen.getByRole("alert").textContent).toBe("");
  expect(screen.getByText(/FACT-quota/)).toBeDefined();
  await press("Dismiss");
  expect(screen.queryByText(/FACT-quota/)).toBeNull();
  expect(stores.run.getState().notices).toEqual([]);
});

const BACKEND = { backend: "wasm", engine: "tfjs", adapter: "", skipped: [] } as const;

test("training that went on by itself is said once", async () => {
  tell({ type: "recovered", failure: FAILURES["device-lost"][0]!, step: 4000, backend: BACKEND });
  expect(screen.getByText(/The graphics card went away\. It continued from step 4000/)).toBeDefined();
  await press("Dismiss");
  expect(screen.queryByText(/It continued/)).toBeNull();
});

test("what was mended in the address is listed as text, until dismissed", async () => {
  act(() =>
    stores.draft.getState().load(DEFAULT_CONFIG, DEFAULT_OPTIONS, [
      { key: "lr", given: "<b>1e9</b>", used: "100" },
      { key: "{{given}}", given: "$t(title)", used: null },
    ]),
  );
  const items = screen.getAllByRole("listitem").map((item) => item.textContent);
  expect(items).toEqual(["lr: <b>1e9</b> → 100", "{{given}}: $t(title) → left out, there is no such setting"]);
  await press("Dismiss");
  expect(screen.queryByRole("listitem")).toBeNull();
});

const REPORT: ReadyReport = {
  backend: BACKEND,
  image: { height: 28, width: 28, channels: 1 },
  classNames: { en: [], zh: [] },
  examples: { pixels: new Uint8Array(), labels: new Uint8Array() },
  stepsPerEpoch: 70,
  heldOut: 1000,
  floor: null,
  step: 0,
  checkpoint: { step: 1234 },
};

test("an unfinished run is offered, and goes on from its checkpoint", async () => {
  tell({ type: "ready", report: REPORT });
  expect(screen.getByText(/stands at step 1234/)).toBeDefined();
  await press("Continue");
  expect(sent).toMatchObject([{ type: "prepare", from: "checkpoint" }, { type: "train" }]);
  expect(screen.queryByText(/stands at step/)).toBeNull();
});

test("starting over leaves the offer behind, and so does training", async () => {
  tell({ type: "ready", report: REPORT });
  await press("Start over");
  expect(screen.queryByText(/stands at step/)).toBeNull();
  expect(sent).toEqual([]);
  tell({ type: "ready", report: { ...REPORT } });
  expect(screen.getByText(/stands at step/)).toBeDefined();
  act(() => stores.run.getState().train());
  expect(screen.queryByText(/stands at step/)).toBeNull();
});
