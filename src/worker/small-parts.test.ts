/** The worker's smallest parts: inbox, interruption, gate, loss buffer, failures, memory, examples. */
import { describe, expect, test } from "vitest";
import { firstExamples } from "../model/first-examples";
import { describeNetwork } from "../model/network";
import { DATASETS } from "../protocol/datasets";
import { FailureError } from "../protocol/failure";
import type { LossColumns } from "../protocol/messages";
import { DEFAULT_CONFIG } from "../protocol/run-config";
import { failureOf } from "./failure-of";
import { Inbox } from "./inbox";
import { Interruption } from "./interruption";
import { firstRows, joinColumns, LossBuffer } from "./loss-buffer";
import { requireMemory } from "./memory-check";
import { validExamples } from "./snapshot";
import { SnapshotGate } from "./snapshot-gate";

const columns = (...steps: number[]): LossColumns => ({
  step: Uint32Array.from(steps),
  reconstruction: Float32Array.from(steps, (step) => step + 0.25),
  kl: Float32Array.from(steps, (step) => step + 0.5),
  objective: Float32Array.from(steps, (step) => step + 0.75),
});

const limits = (bytes: number) => ({ limits: { maxBufferSize: bytes, maxStorageBufferBindingSize: bytes } });

describe("inbox", () => {
  test("keeps order, and arrival waits only while it is empty", async () => {
    const inbox = new Inbox<number>();
    let isHere = false;
    const arrival = inbox.arrival().then(() => (isHere = true));
    await Promise.resolve();
    expect(isHere).toBe(false);
    inbox.put(1);
    inbox.put(2);
    await arrival;
    await inbox.arrival();
    expect([inbox.take(), inbox.take(), inbox.take()]).toEqual([1, 2, undefined]);
  });

  test("can be woken for nothing", async () => {
    const inbox = new Inbox<number>();
    const arrival = inbox.arrival();
    inbox.wake();
    await arrival;
    expect(inbox.take()).toBeUndefined();
  });
});

describe("interruption", () => {
  test("lets what is done through", async () => {
    const interruption = new Interruption();
    expect(await interruption.within(Promise.resolve(5))).toBe(5);
    await expect(interruption.within(Promise.reject(new Error("own")))).rejects.toThrow("own");
  });

  test("cuts a wait short, and every later one until it is cleared; the first reason counts", async () => {
    const interruption = new Interruption();
    const wait = interruption.within(new Promise(() => {}));
    interruption.raise(new Error("lost"));
    interruption.raise(new Error("later"));
    await expect(wait).rejects.toThrow("lost");
    await expect(interruption.within(new Promise(() => {}))).rejects.toThrow("lost");
    expect(() => interruption.throwIfRaised()).toThrow("lost");
    interruption.clear();
    interruption.throwIfRaised();
    expect(await interruption.within(Promise.resolve(1))).toBe(1);
  });
});

test("the gate lets one snapshot through, and the next once that one is acknowledged", () => {
  const gate = new SnapshotGate();
  expect(gate.isOpen).toBe(true);
  expect(gate.pass()).toBe(1);
  expect(gate.isOpen).toBe(false);
  gate.acknowledge(7); // nothing of the kind was sent
  expect(gate.isOpen).toBe(false);
  gate.acknowledge(1);
  expect(gate.pass()).toBe(2);
  gate.acknowledge(1); // late
  expect(gate.isOpen).toBe(false);
});

describe("loss buffer", () => {
  test("joins what was read into one table, at most ten times a second", () => {
    const buffer = new LossBuffer();
    expect(buffer.isDue(1_000)).toBe(false);
    buffer.add(columns(1, 2));
    buffer.add(columns());
    buffer.add(columns(3));
    expect(buffer.isDue(1_000)).toBe(true);
    expect(buffer.take(1_000)).toEqual(columns(1, 2, 3));
    expect(buffer.take(1_001)).toBeNull();
    buffer.add(columns(4));
    expect([buffer.isDue(1_099), buffer.isDue(1_100)]).toEqual([false, true]);
  });

  test("rows are copies", () => {
    const all = columns(1, 2, 3);
    expect(firstRows(all, 2)).toEqual(columns(1, 2));
    expect(firstRows(all, 3).step.buffer).not.toBe(all.step.buffer);
    expect(joinColumns([all]).step.buffer).not.toBe(all.step.buffer);
  });
});

describe("failures", () => {
  const scene = { backend: "wasm", bytes: 77 } as const;

  test("one that was thrown as such crosses as it is", () => {
    const failure = { kind: "no-webgpu", detail: "no-api" } as const;
    expect(failureOf(new FailureError(failure), scene)).toBe(failure);
  });

  test.each(["Array buffer allocation failed", "WebAssembly.Memory(): out of memory", "Aborted(OOM)", "Invalid typed array length: -1"])(
    "%s is told as too little memory",
    (message) => {
      expect(failureOf(new RangeError(message), scene)).toEqual({ kind: "out-of-memory", ...scene, message });
    },
  );

  test("anything else is internal, an Error or not", () => {
    expect(failureOf(new RangeError("index 3 is past 2"), scene)).toMatchObject({ kind: "internal", message: "index 3 is past 2" });
    expect(failureOf("bare", scene)).toEqual({ kind: "internal", message: "bare", stack: null });
  });
});

describe("memory", () => {
  const network = describeNetwork(DEFAULT_CONFIG, DATASETS.mnist.image);

  test("the default network fits anywhere", () => {
    expect(() => requireMemory({ backend: "wasm" }, DEFAULT_CONFIG, network)).not.toThrow();
    const floor = { backend: "webgpu", device: limits(2 ** 27) } as const; // what every WebGPU device has
    expect(() => requireMemory(floor, DEFAULT_CONFIG, network)).not.toThrow();
  });

  test("parameters that do not fit one buffer are refused, to the byte", () => {
    const bytes = 4 * network.parameterCount;
    requireMemory({ backend: "webgpu", device: limits(bytes) }, DEFAULT_CONFIG, network);
    const tooSmall = { backend: "webgpu", device: limits(bytes - 1) } as const;
    expect(() => requireMemory(tooSmall, DEFAULT_CONFIG, network)).toThrow(/out-of-memory/);
  });

  test("what WebAssembly cannot address is refused", () => {
    const wide = { units: 4096, activation: "relu" } as const;
    const config = { ...DEFAULT_CONFIG, encoder: Array.from({ length: 8 }, () => wide) };
    const huge = describeNetwork(config, DATASETS.mnist.image);
    expect(() => requireMemory({ backend: "wasm" }, config, huge)).toThrow(/out-of-memory/);
    requireMemory({ backend: "cpu" }, config, huge); // what the CPU has cannot be asked
  });
});

describe("examples", () => {
  test("come by rounds through the classes", () => {
    expect(firstExamples(Uint8Array.from([2, 2, 0, 1, 0, 2]))).toEqual([2, 3, 0, 4, 1, 5]);
  });

  test("are eight at first", () => {
    expect(firstExamples(new Uint8Array(50))).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  test("that are none are left out", () => {
    expect(validExamples([3, -1, 0.5, 5, 4, Number.NaN], 5)).toEqual([3, 4]);
  });
});
