import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DEFAULT_CONFIG } from "../protocol/run-config";
import { KEPT_MODELS, SurveyError, type SurveyCommand, type SurveyEvent, type SurveyModel } from "../protocol/survey";
import { startSurvey, type SurveyWorker } from "./start-survey";

class FakeWorker implements SurveyWorker {
  onmessage: SurveyWorker["onmessage"] = null;
  onerror: SurveyWorker["onerror"] = null;
  onmessageerror: SurveyWorker["onmessageerror"] = null;
  readonly received: SurveyCommand[] = [];
  isTerminated = false;

  postMessage(command: SurveyCommand): void {
    this.received.push(structuredClone(command));
  }

  terminate(): void {
    this.isTerminated = true;
  }

  say(event: SurveyEvent): void {
    this.onmessage?.call(this as unknown as Worker, { data: event } as MessageEvent<SurveyEvent>);
  }

  crash(message?: string): void {
    this.onerror?.call(this as unknown as Worker, { message } as ErrorEvent);
  }
}

let workers: FakeWorker[];
const start = () =>
  startSurvey(() => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  });
const model = (key: string): SurveyModel => ({ key, config: DEFAULT_CONFIG, weights: { "output.bias": Float32Array.of(1, 2) } });
const reasonOf = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (reason: unknown) => reason,
  );

const sent = () => workers[0]!.received.flatMap((command) => (command.type === "model" ? [command.model.key] : []));

beforeEach(() => {
  vi.useFakeTimers();
  workers = [];
});
afterEach(() => {
  vi.useRealTimers();
});

test("no worker before the first question", async () => {
  const survey = start();
  expect(workers).toEqual([]);
  const answer = survey.ask("codes", { images: 7 });
  expect(workers[0]!.received).toEqual([{ type: "ask", id: 1, kind: "codes", ask: { images: 7 }, model: null }]);
  workers[0]!.say({ type: "hello" });
  workers[0]!.say({ type: "answer", id: 1, answer: { images: 7 } });
  expect(await answer).toEqual({ images: 7 });
});

test("each question gets its own parts and answer, whatever the order", async () => {
  const survey = start();
  const parts: unknown[] = [];
  const part = { from: 0, total: 9, mean: new Float32Array(), logVar: null, labels: new Uint8Array() };
  const first = survey.ask("codes", { images: 1 }, { onPart: (told) => parts.push(told) });
  const second = survey.ask("codes", { images: 2 });
  workers[0]!.say({ type: "answer", id: 2, answer: { images: 2 } });
  workers[0]!.say({ type: "part", id: 1, part });
  workers[0]!.say({ type: "answer", id: 1, answer: { images: 1 } });
  expect([await first, await second]).toEqual([{ images: 1 }, { images: 2 }]);
  expect(parts).toEqual([part]);
});

test("a refusal is an error with the worker's words", async () => {
  const survey = start();
  const reason = reasonOf(survey.ask("codes", { images: 1 }));
  workers[0]!.say({ type: "refused", id: 1, message: "a GAN encodes nothing" });
  expect(await reason).toEqual(new SurveyError("a GAN encodes nothing"));
});

test("a model is sent once, and again when the worker has forgotten it", () => {
  const survey = start();
  const ask = (key: string) => void reasonOf(survey.ask("codes", { images: 1 }, { model: model(key) }));
  const keys = Array.from({ length: KEPT_MODELS + 1 }, (_, i) => `m${i}`);
  for (const key of keys.slice(0, KEPT_MODELS)) ask(key);
  ask(keys[0]!);
  expect(sent()).toEqual(keys.slice(0, KEPT_MODELS));
  ask(keys[KEPT_MODELS]!); // pushes the first one out, whenever that was last used
  ask(keys[1]!);
  expect(sent()).toEqual(keys);
  ask(keys[0]!);
  expect(sent()).toEqual([...keys, keys[0]]);
});

test("a question that is called off rejects at once, and what still comes of it is not heard", async () => {
  const survey = start();
  const control = new AbortController();
  const parts: unknown[] = [];
  const reason = reasonOf(survey.ask("codes", { images: 1 }, { signal: control.signal, onPart: (part) => parts.push(part) }));
  control.abort(new Error("moved on"));
  expect(workers[0]!.received.at(-1)).toEqual({ type: "call-off", id: 1 });
  workers[0]!.say({ type: "part", id: 1, part: { done: 1, total: 2, positions: null } });
  workers[0]!.say({ type: "answer", id: 1, answer: { images: 1 } });
  expect(await reason).toEqual(new Error("moved on"));
  expect(parts).toEqual([]);
});

test("called off before it is asked, a question starts no worker; after its answer, it tells the worker nothing", async () => {
  const survey = start();
  expect(await reasonOf(survey.ask("codes", { images: 1 }, { signal: AbortSignal.abort(new Error("never mind")) }))).toEqual(
    new Error("never mind"),
  );
  expect(workers).toEqual([]);
  const control = new AbortController();
  const answer = survey.ask("codes", { images: 1 }, { signal: control.signal });
  workers[0]!.say({ type: "answer", id: 1, answer: { images: 1 } });
  await answer;
  control.abort();
  expect(workers[0]!.received.map(({ type }) => type)).toEqual(["ask"]);
});

test.each([
  ["an error", (worker: FakeWorker) => worker.crash("boom"), "boom"],
  ["code that cannot be loaded", (worker: FakeWorker) => worker.crash(), "the survey worker could not be loaded"],
  [
    "a message that cannot be read",
    (worker: FakeWorker) => worker.onmessageerror?.call(worker as unknown as Worker, {} as MessageEvent),
    "the survey worker sent something unreadable",
  ],
])("%s refuses what is open; the next question starts a fresh worker, models and all", async (_, happen, message) => {
  const survey = start();
  const reasons = [survey.ask("codes", { images: 1 }, { model: model("m") }), survey.ask("codes", { images: 2 })].map(reasonOf);
  happen(workers[0]!);
  expect(await Promise.all(reasons)).toEqual([new SurveyError(message), new SurveyError(message)]);
  expect(workers[0]!.isTerminated).toBe(true);
  const next = survey.ask("codes", { images: 3 }, { model: model("m") });
  expect(workers[1]!.received.map(({ type }) => type)).toEqual(["model", "ask"]);
  workers[1]!.say({ type: "answer", id: 3, answer: { images: 3 } });
  expect(await next).toEqual({ images: 3 });
});

test("a worker that says nothing in twenty seconds is given up; one that spoke may think for hours", async () => {
  const survey = start();
  const reason = reasonOf(survey.ask("codes", { images: 1 }));
  vi.advanceTimersByTime(20_000);
  expect(await reason).toEqual(new SurveyError("the survey worker does not speak"));
  const settled = vi.fn<() => void>();
  void reasonOf(survey.ask("codes", { images: 1 })).then(settled);
  workers[1]!.say({ type: "hello" });
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(settled).not.toHaveBeenCalled();
  survey.close();
});

test("a worker that cannot be made, and a question that cannot be sent, are refusals", async () => {
  const broken = startSurvey(() => {
    throw new DOMException("not allowed", "SecurityError");
  });
  expect(await reasonOf(broken.ask("codes", { images: 1 }))).toEqual(new SurveyError("not allowed"));
  const survey = start();
  const unsendable = { images: (() => 1) as unknown as number };
  expect(await reasonOf(survey.ask("codes", unsendable))).toBeInstanceOf(SurveyError);
});

test("close ends the worker and refuses what is open", async () => {
  const survey = start();
  const reason = reasonOf(survey.ask("codes", { images: 1 }));
  survey.close();
  expect(workers[0]!.isTerminated).toBe(true);
  expect(await reason).toEqual(new SurveyError("the page is closing"));
});
