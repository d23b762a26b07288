// @vitest-environment jsdom
/** When a question is asked, called off and asked anew as what is wanted changes. */
import { act, cleanup, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DEFAULT_CONFIG } from "../../protocol/run-config";
import type { Answer, Ask, AskOptions, QuestionKind, Survey, SurveyModel } from "../../protocol/survey";
import { StoresProvider, type Stores } from "../stores";
import { useSurveyAnswer } from "./use-survey";

interface Asked {
  readonly ask: unknown;
  readonly options: AskOptions<QuestionKind>;
  readonly answer: (answer: unknown) => Promise<void>;
  readonly refuse: (error: Error) => Promise<void>;
}

let asked: Asked[];
const survey: Survey = {
  ask: <Kind extends QuestionKind>(_kind: Kind, ask: Ask<Kind>, options: AskOptions<Kind> = {}) =>
    new Promise<Answer<Kind>>((resolve, reject) => {
      asked.push({
        ask,
        options: options as AskOptions<QuestionKind>,
        answer: (answer) => act(async () => resolve(answer as Answer<Kind>)),
        refuse: (error) => act(async () => reject(error)),
      });
      options.signal?.addEventListener("abort", () => reject(options.signal!.reason as Error));
    }),
};

const wrapper = ({ children }: { children: ReactNode }) => <StoresProvider value={{ survey } as Stores}>{children}</StoresProvider>;
const model = (key: string, config = DEFAULT_CONFIG): SurveyModel => ({ key, config, weights: {} });
const MANY: Ask<"codes"> = { images: 100 };
const FEW: Ask<"codes"> = { images: 10 };

type Wish = { ask: Ask<"codes"> | null; model: SurveyModel | null };
const start = (initialProps: Wish) =>
  renderHook((wish: Wish) => useSurveyAnswer("codes", wish.ask, { model: wish.model }), { wrapper, initialProps });

beforeEach(() => {
  asked = [];
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

test("parts, then the answer", async () => {
  const { result } = start({ ask: MANY, model: model("a") });
  expect(result.current).toMatchObject({ answer: null, isAsking: true });
  const part = { from: 0, total: 100, mean: new Float32Array(), logVar: null, labels: new Uint8Array() };
  act(() => asked[0]!.options.onPart?.(part));
  expect(result.current).toMatchObject({ part, isAsking: true });
  await asked[0]!.answer({ images: 100 });
  expect(result.current).toEqual({ answer: { images: 100 }, part: null, isAsking: false, error: null });
});

test("nothing is asked without a question or a model", () => {
  const { rerender, result } = start({ ask: null, model: model("a") });
  rerender({ ask: MANY, model: null });
  expect(asked).toEqual([]);
  expect(result.current.isAsking).toBe(false);
});

test("another question calls the open one off; the answer before stays until the next", async () => {
  const { rerender, result } = start({ ask: MANY, model: model("a") });
  await asked[0]!.answer({ images: 100 });
  rerender({ ask: FEW, model: model("a") });
  expect(result.current).toMatchObject({ answer: { images: 100 }, isAsking: true });
  rerender({ ask: MANY, model: model("a") });
  expect(asked.map(({ options }) => options.signal!.aborted)).toEqual([false, true, false]);
  await asked[1]!.answer({ images: 10 }); // too late
  expect(result.current.answer).toEqual({ images: 100 });
  rerender({ ask: null, model: model("a") });
  expect(asked[2]!.options.signal!.aborted).toBe(true);
  expect(result.current).toEqual({ answer: null, part: null, isAsking: false, error: null });
});

test("a newer model waits for the answer and a rest as long as it took", async () => {
  const { rerender, result } = start({ ask: MANY, model: model("a") });
  rerender({ ask: MANY, model: model("b") });
  rerender({ ask: MANY, model: model("c") });
  expect(asked.length).toBe(1);
  vi.advanceTimersByTime(400);
  await asked[0]!.answer({ images: 1 });
  expect(result.current).toMatchObject({ answer: { images: 1 }, isAsking: false });
  act(() => void vi.advanceTimersByTime(399));
  expect(asked.length).toBe(1);
  act(() => void vi.advanceTimersByTime(1));
  expect(asked.map(({ options }) => options.model!.key)).toEqual(["a", "c"]);
});

test("the model of another experiment is asked at once and the former's answer goes", async () => {
  const { rerender, result } = start({ ask: MANY, model: model("a") });
  await asked[0]!.answer({ images: 1 });
  rerender({ ask: MANY, model: model("b", { ...DEFAULT_CONFIG, seed: 2 }) });
  expect(asked.length).toBe(2);
  expect(result.current).toMatchObject({ answer: null, isAsking: true });
});

test("a refusal is told, and forgotten with the next question", async () => {
  const { rerender, result } = start({ ask: MANY, model: model("a") });
  await asked[0]!.refuse(new Error("no such file"));
  expect(result.current).toMatchObject({ isAsking: false, error: { message: "no such file" } });
  rerender({ ask: FEW, model: model("a") });
  expect(result.current).toMatchObject({ isAsking: true, error: null });
});

test("nothing is left open when the view goes", () => {
  const { unmount } = start({ ask: MANY, model: model("a") });
  unmount();
  expect(asked[0]!.options.signal!.aborted).toBe(true);
});
