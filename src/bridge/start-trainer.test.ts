import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Command, RunId, TrainerEvent } from "../protocol/messages";
import { DEFAULT_CONFIG, DEFAULT_OPTIONS } from "../protocol/run-config";
import { startTrainer, type TrainerWorker } from "./start-trainer";

class FakeWorker implements TrainerWorker {
  onmessage: TrainerWorker["onmessage"] = null;
  onerror: TrainerWorker["onerror"] = null;
  onmessageerror: TrainerWorker["onmessageerror"] = null;
  readonly received: Command[] = [];
  isTerminated = false;

  postMessage(command: Command): void {
    this.received.push(structuredClone(command));
  }

  terminate(): void {
    this.isTerminated = true;
  }

  say(event: TrainerEvent): void {
    this.onmessage?.call(this as unknown as Worker, { data: event } as MessageEvent<TrainerEvent>);
  }

  crash(message?: string): void {
    this.onerror?.call(this as unknown as Worker, { message } as ErrorEvent);
  }
}

const run = 1 as RunId;
const prepare: Command = { type: "prepare", runId: run, config: DEFAULT_CONFIG, options: DEFAULT_OPTIONS, from: "start", cloudSize: 10 };

let workers: FakeWorker[];
let events: TrainerEvent[];
const start = () =>
  startTrainer(
    (event) => events.push(event),
    () => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    },
  );

beforeEach(() => {
  vi.useFakeTimers();
  workers = [];
  events = [];
});
afterEach(() => {
  vi.useRealTimers();
});

test("commands go in and events come out as they are", () => {
  const link = start();
  link.send(prepare);
  link.send({ type: "train", runId: run });
  workers[0]!.say({ type: "hello" });
  workers[0]!.say({ type: "phase", runId: run, phase: "idle", step: 0 });
  expect(workers[0]!.received.map(({ type }) => type)).toEqual(["prepare", "train"]);
  expect(events).toEqual([{ type: "hello" }, { type: "phase", runId: run, phase: "idle", step: 0 }]);
});

test("a worker that does not say hello in twenty seconds is given up", () => {
  start();
  vi.advanceTimersByTime(19_999);
  expect(events).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(events).toEqual([{ type: "failed", runId: null, failure: { kind: "worker-silent", seconds: 20 } }]);
  expect(workers[0]!.isTerminated).toBe(true);
});

test("after hello silence is no failure: a run may rest for hours", () => {
  start();
  workers[0]!.say({ type: "hello" });
  vi.advanceTimersByTime(3_600_000);
  expect(events).toEqual([{ type: "hello" }]);
});

test.each([
  ["an error", (worker: FakeWorker) => worker.crash("boom"), "boom"],
  ["code that cannot be loaded", (worker: FakeWorker) => worker.crash(), "the training worker could not be loaded"],
  [
    "a message that cannot be read",
    (worker: FakeWorker) => worker.onmessageerror?.call(worker as unknown as Worker, {} as MessageEvent),
    "the training worker sent something unreadable",
  ],
])("%s is a failure, and nothing more is heard of that worker", (_, happen, message) => {
  start();
  workers[0]!.say({ type: "hello" });
  happen(workers[0]!);
  workers[0]!.say({ type: "phase", runId: run, phase: "training", step: 9 });
  workers[0]!.crash("again");
  vi.advanceTimersByTime(60_000);
  expect(events.slice(1)).toEqual([{ type: "failed", runId: null, failure: { kind: "worker-crashed", message } }]);
  expect(workers[0]!.isTerminated).toBe(true);
});

test("a worker that cannot even be made is a failure", () => {
  const link = startTrainer(
    (event) => events.push(event),
    () => {
      throw new DOMException("not allowed", "SecurityError");
    },
  );
  expect(events).toEqual([{ type: "failed", runId: null, failure: { kind: "worker-crashed", message: "not allowed" } }]);
  link.close();
});

test("after a crash the next prepare starts a fresh worker, and only that", () => {
  const link = start();
  workers[0]!.crash("boom");
  link.send({ type: "train", runId: run });
  expect(workers.length).toBe(1);
  link.send(prepare);
  expect(workers.length).toBe(2);
  expect(workers[1]!.received).toEqual([prepare]);
  vi.advanceTimersByTime(20_000);
  expect(events.at(-1)).toMatchObject({ failure: { kind: "worker-silent" } }); // the fresh one is watched too
});

test("restart replaces a worker that still lives", () => {
  const link = start();
  link.restart();
  expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
});

test("close ends the worker and its watch", () => {
  start().close();
  vi.advanceTimersByTime(60_000);
  expect(workers[0]!.isTerminated).toBe(true);
  expect(events).toEqual([]);
});
