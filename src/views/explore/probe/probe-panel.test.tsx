// @vitest-environment jsdom
/** What the probe's panel says, of a decoder whose every number is known by hand: x = 2 z₁ + 0.1, y = 3 z₂ + 0.2. */
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { loadTexts } from "../../../i18n/i18n";
import type { ReadyReport, Snapshot } from "../../../protocol/messages";
import { DEFAULT_CONFIG, DEFAULT_OPTIONS, POINT_DEFAULTS, type RunConfig } from "../../../protocol/run-config";
import { createDraftStore } from "../../../store/draft-store";
import { createExplorerStore } from "../../../store/explorer-store";
import { createPreferencesStore } from "../../../store/preferences-store";
import { createProbeStore } from "../../../store/probe-store";
import { createRunStore } from "../../../store/run-store";
import { fakeSurvey, type FakeSurvey } from "../../../testing/fake-survey";
import { StoresProvider, type Stores } from "../../stores";
import { ProbePanel } from "./ProbePanel";

const LINEAR: RunConfig = { ...DEFAULT_CONFIG, ...POINT_DEFAULTS, data: "moons", trainSize: 4000, encoder: [], decoder: [] };
let survey: FakeSurvey;
let stores: Stores;

beforeAll(() => loadTexts("explore"));
beforeEach(() => {
  vi.useFakeTimers();
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
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function open(change: Partial<RunConfig> = {}): void {
  const config = { ...LINEAR, ...change };
  survey = fakeSurvey();
  stores = {
    draft: createDraftStore({ config, options: DEFAULT_OPTIONS }),
    run: createRunStore(() => {}, { config, options: DEFAULT_OPTIONS }),
    probe: createProbeStore(2),
    preferences: createPreferencesStore(null),
    explorer: createExplorerStore(),
    survey,
  };
  const { runId, network, receive } = stores.run.getState();
  const report = {
    image: network.image,
    classNames: { en: ["upper", "lower"], zh: ["上", "下"] },
    examples: { pixels: new Uint8Array(6), labels: Uint8Array.of(0, 1, 1) },
  } as unknown as ReadyReport;
  receive({ type: "ready", runId, report });
  const snapshot = {
    id: 1,
    step: 5,
    weights: {
      "output.weight": Float32Array.of(2, 0, 0, 3), // [latentDim, coordinates]
      "output.bias": Float32Array.of(0.1, 0.2),
    },
    posteriorMean: Float32Array.of(3, 4, 0, 1, -2, 0),
    posteriorLogVar: config.model === "vae" ? Float32Array.of(0, 0, Math.log(0.04), Math.log(0.04), 0, 0) : null,
    exampleIndices: [],
    reconstructions: new Float32Array(),
    exampleLosses: new Float32Array(),
    adversarial: null,
  } as unknown as Snapshot;
  receive({ type: "snapshot", runId, snapshot });
  render(
    <StoresProvider value={stores}>
      <ProbePanel />
    </StoresProvider>,
  );
}

const text = () => document.body.textContent;
const field = (name: string) => screen.getByRole<HTMLInputElement>("spinbutton", { name });
const settle = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

test("a place can be typed; half a number moves nothing", () => {
  open();
  fireEvent.change(field("z₁"), { target: { value: "1.5" } });
  expect(stores.probe.getState().z).toEqual([1.5, 0]);
  expect(text()).toContain("x = (3.10, 0.20)"); // 2 · 1.5 + 0.1, 3 · 0 + 0.2
  fireEvent.change(field("z₁"), { target: { value: "" } });
  expect(stores.probe.getState().z).toEqual([1.5, 0]);
  fireEvent.blur(field("z₁"));
  expect(field("z₁").value).toBe("1.5");
});

test("density, share and magnification are those worked out by hand", async () => {
  open();
  act(() => stores.probe.getState().setCode([1, 1]));
  await settle(10);
  expect(text()).toContain("0.059"); // e⁻¹ / 2π
  expect(text()).toContain("63 %"); // 1 − e⁻¹
  expect(text()).toMatch(/magnification 6 /); // 2 · 3
});

test("the nearest examples come with their distances and can be gone to", async () => {
  open();
  await settle(10);
  const tiles = screen.getAllByRole("button", { name: /Held-out image/ });
  expect(tiles.map((tile) => within(tile).getByText(/\d\.\d\d/).textContent)).toEqual(["1.00", "2.00", "5.00"]);
  fireEvent.click(tiles[2]!);
  expect(stores.probe.getState().z).toEqual([3, 4]);
});

/** Answers all that is asked of the usual distance: every training point lies 0.5 from its nearest. */
async function answerUsual(): Promise<void> {
  survey.asked.find(({ kind }) => kind === "images")!.answer({ pixels: new Uint8Array(48 * 2) });
  await settle(0);
  for (let asked = survey.asked.findLast(isPair); asked !== undefined; asked = nextPair(asked)) {
    asked.answer([{ index: -1, distance: 0.5, label: 0, pixels: new Uint8Array(2) }]);
    await settle(0);
  }
}
const isPair = ({ kind, ask }: FakeSurvey["asked"][number]) => kind === "neighbours" && (ask as { count: number }).count === 2;
const nextPair = (asked: FakeSurvey["asked"][number]) => {
  const last = survey.asked.findLast(isPair);
  return last === asked ? undefined : last;
};

test("new or memorised: the nearest training point, compared with how far they lie from each other", async () => {
  open();
  await answerUsual();
  await settle(300);
  const question = survey.asked.findLast(({ kind, ask }) => kind === "neighbours" && (ask as { count: number }).count === 5)!;
  expect(question.ask).toMatchObject({ data: "moons", trainSize: 4000, count: 5 });
  expect([...(question.ask as { pixels: Float32Array }).pixels]).toEqual([...Float32Array.of(0.1, 0.2)]);
  question.answer([{ index: 11, label: 1, distance: 0.1, pixels: Uint8Array.of(3, 4) }]);
  await settle(0);
  expect(text()).toContain("Nearly a copy");
  expect(text()).toContain("0.10 from its nearest training image; training images are 0.50 from theirs. The ratio is 0.20.");
});

test("while the probe is dragged nothing is asked; once it rests, of its place alone", async () => {
  open();
  await settle(300);
  const before = survey.asked.length;
  for (let step = 1; step <= 10; step++) {
    act(() => stores.probe.getState().setCode([step / 10, 0]));
    await settle(30);
  }
  expect(survey.asked).toHaveLength(before);
  await settle(300);
  expect(survey.asked).toHaveLength(before + 1);
  expect((survey.asked.at(-1)!.ask as { pixels: Float32Array }).pixels[0]).toBeCloseTo(2.1, 6);
  act(() => stores.probe.getState().setCode([5, 5]));
  await settle(300);
  expect(survey.asked.at(-2)!.options.signal!.aborted).toBe(true);
});

test("training images that cannot be read are said to be", async () => {
  open();
  await settle(300);
  survey.last("neighbours")!.refuse();
  await settle(0);
  expect(text()).toContain("could not be looked through");
});

test("a usual distance that cannot be measured is said to be missing", async () => {
  open();
  await settle(300);
  survey.last("neighbours")!.answer([{ index: 11, label: 1, distance: 0.1, pixels: Uint8Array.of(3, 4) }]);
  survey.asked.find(({ kind }) => kind === "images")!.refuse();
  await settle(0);
  expect(text()).toContain("There is no usual distance to compare with.");
  expect(text()).not.toContain("Looking through");
});

test("draws take the nearest example's σ, or one's own; an autoencoder has only the latter", async () => {
  open();
  await settle(10);
  expect(screen.getByRole("radio", { name: "σ of the nearest, 0.20" })).toHaveProperty("checked", true); // √0.04
  expect(screen.queryByRole("slider")).toBeNull();
  fireEvent.click(screen.getByRole("radio", { name: "My own" }));
  expect(screen.getByRole("slider", { name: "Width of the draws" })).toBeDefined();
  expect(screen.getAllByRole("img", { name: /^Draw \d around the probe$/ })).toHaveLength(8);
  cleanup();
  open({ model: "ae" });
  await settle(10);
  expect(screen.queryByRole("radio")).toBeNull();
  expect(screen.getByRole("slider", { name: "Width of the draws" })).toBeDefined();
  expect(screen.queryByRole("button", { name: "Draw from the prior" })).toBeNull();
});

test("the place can be pinned, left for 0, and drawn anew the same way in every run of the seed", async () => {
  open();
  act(() => stores.probe.getState().setCode([1, 2]));
  fireEvent.click(screen.getByRole("button", { name: "Pin" }));
  expect(stores.explorer.getState().pins).toEqual([{ id: 1, z: [1, 2], origin: "probe", label: null }]);
  fireEvent.click(screen.getByRole("button", { name: "To 0" }));
  expect(stores.probe.getState().z).toEqual([0, 0]);
  fireEvent.click(screen.getByRole("button", { name: "Draw from the prior" }));
  const first = stores.probe.getState().z;
  cleanup();
  open();
  fireEvent.click(screen.getByRole("button", { name: "Draw from the prior" }));
  expect(stores.probe.getState().z).toEqual(first);
});
