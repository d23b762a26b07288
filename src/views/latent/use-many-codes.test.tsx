// @vitest-environment jsdom
/** When training images are encoded, for which model, and what is shown of them meanwhile. */
import { act, cleanup, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DEFAULT_CONFIG, DEFAULT_OPTIONS } from "../../protocol/run-config";
import type { Answer, Ask, AskOptions, CodesPart, QuestionKind, Survey, SurveyModel } from "../../protocol/survey";
import { createExplorerStore } from "../../store/explorer-store";
import { createRunStore } from "../../store/run-store";
import { StoresProvider, type Stores } from "../stores";
import { useManyCodes } from "./use-many-codes";

interface Asked {
  readonly ask: unknown;
  readonly options: AskOptions<"codes">;
  readonly refuse: () => Promise<void>;
}

let asked: Asked[];
let stores: Pick<Stores, "survey" | "explorer" | "run">;
const survey: Survey = {
  ask: <Kind extends QuestionKind>(_kind: Kind, ask: Ask<Kind>, options: AskOptions<Kind> = {}) =>
    new Promise<Answer<Kind>>((_, reject) => {
      const refuse = () => act(async () => reject(new Error("data-missing")));
      asked.push({ ask, options: options as AskOptions<"codes">, refuse });
    }),
};
const wrapper = ({ children }: { children: ReactNode }) => <StoresProvider value={stores as Stores}>{children}</StoresProvider>;
const model = (key: string, config = DEFAULT_CONFIG): SurveyModel => ({ key, config, weights: {} });
const part = (from: number, images: number, total: number): CodesPart => ({
  from,
  total,
  mean: new Float32Array(images * 2).fill(from + 1),
  logVar: null,
  labels: new Uint8Array(images).fill(from % 10),
});
const tell = (question: Asked, told: CodesPart) => act(() => question.options.onPart?.(told));
const start = (shown: SurveyModel | null) =>
  renderHook((given: SurveyModel | null) => useManyCodes(given), { wrapper, initialProps: shown });
const want = (manyWanted: number | null) => act(() => stores.explorer.getState().set({ manyWanted }));
const shown = () => stores.explorer.getState().many;
const wait = (ms: number) => act(() => void vi.advanceTimersByTime(ms));

beforeEach(() => {
  asked = [];
  const run = createRunStore(() => {}, { config: DEFAULT_CONFIG, options: DEFAULT_OPTIONS });
  stores = { survey, explorer: createExplorerStore(), run };
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

test("asked when they are wanted, shown part by part, gone when they are not", () => {
  start(model("a"));
  expect(asked).toEqual([]);
  want(4);
  expect(asked[0]).toMatchObject({ ask: { images: 4 }, options: { model: { key: "a" } } });
  tell(asked[0]!, part(0, 3, 4));
  expect(shown()).toMatchObject({ model: "a", done: 3, total: 4 });
  tell(asked[0]!, part(3, 1, 4));
  expect(shown()).toMatchObject({ done: 4, mean: Float32Array.of(1, 1, 1, 1, 1, 1, 4, 4), labels: Uint8Array.of(0, 0, 0, 3) });
  want(null);
  expect(asked[0]!.options.signal!.aborted).toBe(true);
  expect(shown()).toBeNull();
});

test("another model at rest is asked again; the former's points stay until the new ones are all there", () => {
  const { rerender } = start(model("a"));
  want(4);
  tell(asked[0]!, part(0, 4, 4));
  rerender(model("b"));
  wait(1_499);
  expect(asked.length).toBe(1);
  wait(1);
  expect(asked[1]!.options.model!.key).toBe("b");
  tell(asked[1]!, part(0, 2, 4));
  expect(shown()!.model).toBe("a");
  tell(asked[1]!, part(2, 2, 4));
  expect(shown()!.model).toBe("b");
});

test("while training nothing is asked again, however long; once it rests, it is", () => {
  const { rerender } = start(model("a"));
  want(4);
  act(() => stores.run.setState({ phase: "training" }));
  for (let step = 0; step < 100; step++) {
    rerender(model(`step ${step}`));
    wait(300);
  }
  expect(asked.length).toBe(1);
  expect(asked[0]!.options.signal!.aborted).toBe(false);
  act(() => stores.run.setState({ phase: "paused" }));
  rerender(model("end"));
  wait(1_500);
  expect(asked.at(-1)!.options.model!.key).toBe("end");
});

test("wanted in mid-training, they are those of a model that is not old", () => {
  const { rerender } = start(model("a"));
  act(() => stores.run.setState({ phase: "training" }));
  for (let step = 0; step < 100; step++) {
    rerender(model(`step ${step}`));
    wait(300);
  }
  want(4);
  const step = Number(asked[0]!.options.model!.key.replace("step ", ""));
  expect(step).toBeGreaterThan(100 - 9_000 / 300);
});

test("another experiment's model is asked at once, training or not", () => {
  const { rerender } = start(model("a"));
  want(4);
  act(() => stores.run.setState({ phase: "training" }));
  rerender(model("b", { ...DEFAULT_CONFIG, seed: 2 }));
  expect(asked.map(({ options }) => options.model!.key)).toEqual(["a", "b"]);
  expect(asked[0]!.options.signal!.aborted).toBe(true);
});

test("a GAN encodes nothing, and a refusal gives the wish back", async () => {
  const { rerender } = start(model("gan", { ...DEFAULT_CONFIG, model: "gan" }));
  want(4);
  expect(asked).toEqual([]);
  rerender(model("a"));
  await asked[0]!.refuse();
  expect(stores.explorer.getState()).toMatchObject({ manyWanted: null, isManyRefused: true });
});

test("refused in the middle, what has come stays, and it is said that more cannot be had", async () => {
  start(model("a"));
  want(4);
  tell(asked[0]!, part(0, 3, 4));
  await asked[0]!.refuse();
  expect(shown()).toMatchObject({ done: 3 });
  expect(stores.explorer.getState()).toMatchObject({ manyWanted: 4, isManyRefused: true });
});
