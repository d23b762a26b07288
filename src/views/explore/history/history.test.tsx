// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { loadTexts } from "../../../i18n/i18n";
import { initialWeights } from "../../../model/initial-weights";
import type { Snapshot } from "../../../protocol/messages";
import { DEFAULT_CONFIG, DEFAULT_OPTIONS } from "../../../protocol/run-config";
import { createDraftStore } from "../../../store/draft-store";
import { createExplorerStore } from "../../../store/explorer-store";
import { createPreferencesStore } from "../../../store/preferences-store";
import { createProbeStore } from "../../../store/probe-store";
import { createRunStore } from "../../../store/run-store";
import { NO_SURVEY } from "../../../testing/no-survey";
import { StoresProvider, type Stores } from "../../stores";
import { HistoryBar } from "./HistoryBar";

let stores: Stores;

function snapshotOf(step: number): Snapshot {
  const { network } = stores.run.getState();
  return {
    id: step + 1,
    step,
    weights: initialWeights(network, "pytorch", step),
    posteriorMean: new Float32Array(2),
    posteriorLogVar: null,
    exampleIndices: [],
    reconstructions: new Float32Array(0),
    exampleLosses: new Float32Array(0),
    adversarial: null,
  };
}

const tell = (...steps: number[]) =>
  act(() => {
    for (const step of steps) {
      stores.run.getState().receive({ type: "snapshot", runId: stores.run.getState().runId, snapshot: snapshotOf(step) });
    }
  });
const shown = () => stores.run.getState().shown;
const shownStep = () => stores.run.getState().snapshot!.step;
const slider = () => screen.getByRole("slider", { name: /Moment of the run/ });
const next = () => fireEvent.click(screen.getByRole("button", { name: "Next moment of the run" }));
const show = () =>
  render(
    <StoresProvider value={stores}>
      <HistoryBar />
    </StoresProvider>,
  );

beforeAll(() => loadTexts("history"));
beforeEach(() => {
  vi.useFakeTimers();
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
    survey: NO_SURVEY,
  };
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("before there is a past, the bar says what will be there", () => {
  show();
  expect(screen.getByText(/Once the run has trained a few steps/)).toBeTruthy();
  tell(0);
  expect(screen.queryByRole("slider")).toBeNull();
});

test("arrow keys go from moment to moment, and the bar says that this is the past", () => {
  show();
  tell(0, 1, 2, 4, 1_000);
  expect(slider().getAttribute("aria-valuetext")).toBe("step 1\u202f000, now");
  fireEvent.keyDown(slider(), { key: "ArrowLeft" });
  expect(shown()).toEqual({ kind: "moment", step: 4 });
  expect(slider().getAttribute("aria-valuetext")).toBe("step 4 of 1\u202f000");
  expect(screen.getByRole("group", { name: "History of the run" }).dataset["past"]).toBe("true");
  fireEvent.keyDown(slider(), { key: "Home" });
  expect(shown()).toEqual({ kind: "moment", step: 0 });
  fireEvent.keyDown(slider(), { key: "End" });
  expect(shown()).toEqual({ kind: "newest" });
});

test("dragging finds the nearest moment, and one press leads back to now, however far the run has gone on", () => {
  show();
  tell(0, 1, 3, 7);
  fireEvent.change(slider(), { target: { value: "0.3" } });
  expect(shown()).toEqual({ kind: "moment", step: 1 });
  tell(8);
  expect(shownStep()).toBe(1);
  expect(slider().getAttribute("aria-valuetext")).toBe("step 1 of 8");
  fireEvent.click(screen.getByRole("button", { name: "Back to now" }));
  expect([shown(), shownStep()]).toEqual([{ kind: "newest" }, 8]);
});

test("the film gives every moment the same time, and stops at now", () => {
  show();
  tell(0, 1, 2, 4);
  fireEvent.click(screen.getByRole("button", { name: "Play the run's past as a film" }));
  const seen = [shownStep()];
  for (let i = 0; i < 3; i++) {
    act(() => void vi.advanceTimersByTime(350));
    seen.push(shownStep());
  }
  expect(seen).toEqual([0, 1, 2, 4]);
  expect(shown()).toEqual({ kind: "newest" });
  expect(screen.getByRole("button", { name: "Play the run's past as a film" })).toBeTruthy();
  act(() => void vi.advanceTimersByTime(5_000));
  expect(shown()).toEqual({ kind: "newest" });
});

test("the film plays on from the moment shown, can be stopped, and gives way to who takes the slider", () => {
  show();
  tell(0, 1, 2, 4, 8);
  act(() => stores.run.getState().showMoment(1));
  fireEvent.click(screen.getByRole("button", { name: /Play/ }));
  expect(shownStep()).toBe(2);
  fireEvent.click(screen.getByRole("button", { name: "Stop the film" }));
  act(() => void vi.advanceTimersByTime(5_000));
  expect(shownStep()).toBe(2);
  fireEvent.click(screen.getByRole("button", { name: /Play/ }));
  fireEvent.keyDown(slider(), { key: "Home" });
  act(() => void vi.advanceTimersByTime(5_000));
  expect(shownStep()).toBe(0);
});

test("who asks for less motion gets no film that plays by itself: each press shows the next moment", () => {
  vi.stubGlobal("matchMedia", () => ({ matches: true, addEventListener: () => {}, removeEventListener: () => {} }));
  show();
  tell(0, 1, 2);
  next();
  expect(shownStep()).toBe(0);
  act(() => void vi.advanceTimersByTime(5_000));
  expect(shownStep()).toBe(0);
  next();
  expect(shownStep()).toBe(1);
  next();
  expect(shown()).toEqual({ kind: "newest" });
});
