// @vitest-environment jsdom
/** What colours points, and that it stays the same while nothing about it changes. */
import { act, cleanup, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DEFAULT_CONFIG, DEFAULT_OPTIONS } from "../../protocol/run-config";
import { createExplorerStore } from "../../store/explorer-store";
import { createPreferencesStore } from "../../store/preferences-store";
import { createRunStore } from "../../store/run-store";
import { NO_SURVEY } from "../../testing/no-survey";
import { StoresProvider, type Stores } from "../stores";
import type { ShownPoints } from "./use-cloud";
import { useTints } from "./use-tints";

const COLOURS = ["#ff0000", "#0000ff"];
const LOOK = { model: null, colours: COLOURS, card: [255, 255, 255] as const, ramp: ["#ffffff", "#000000"] as const };
const labels = { own: Uint8Array.of(0, 1, 1), many: Uint8Array.of(1, 0) };

/** A snapshot's points: other codes of the same images. */
const pointsOf = (value: number): ShownPoints => ({
  latentDim: 2,
  examples: { codes: new Float32Array(6).fill(value), logVar: null, labels: labels.own },
  exampleCount: 3,
  many: { codes: new Float32Array(4), logVar: null, labels: labels.many },
  count: 5,
});

let stores: Pick<Stores, "survey" | "explorer" | "run" | "preferences">;
const wrapper = ({ children }: { children: ReactNode }) => <StoresProvider value={stores as Stores}>{children}</StoresProvider>;
const start = () => renderHook((points: ShownPoints) => useTints({ points, ...LOOK }), { wrapper, initialProps: pointsOf(0) });

beforeEach(() => {
  stores = {
    survey: NO_SURVEY,
    explorer: createExplorerStore(),
    run: createRunStore(() => {}, { config: DEFAULT_CONFIG, options: DEFAULT_OPTIONS }),
    preferences: createPreferencesStore(null, ["en"]),
  };
});
afterEach(cleanup);

test("with nothing selected every point has its class's colour", () => {
  const { result } = start();
  expect(result.current).toEqual({ examples: null, many: { colours: COLOURS, shades: null }, error: null });
});

test("while some are selected the others are paler, training images too", () => {
  const { result } = start();
  act(() => stores.explorer.getState().set({ selection: [1, 4] }));
  const { examples, many } = result.current;
  expect(examples!.colours.slice(0, 2)).toEqual(COLOURS);
  expect([...(examples!.of as Uint8Array)]).toEqual([2, 1, 3]); // class 0 pale, class 1, class 1 pale
  expect([...many.shades!]).toEqual([3, 0]);
  expect(many.colours[2]).toBe("#ffc7c7"); // 22 % of red on white
});

test("another snapshot of the same images changes nothing: tens of thousands of points stay painted", () => {
  const { result, rerender } = start();
  const before = result.current;
  rerender(pointsOf(1));
  expect(result.current).toBe(before);
});
