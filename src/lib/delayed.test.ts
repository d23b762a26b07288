import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createDelayed } from "./delayed";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("runs the newest work once nothing newer has come for the delay", () => {
  const done: string[] = [];
  const delayed = createDelayed(300);
  delayed.schedule(() => done.push("first"));
  vi.advanceTimersByTime(299);
  delayed.schedule(() => done.push("second"));
  vi.advanceTimersByTime(299);
  expect(done).toEqual([]);
  expect(delayed.isPending).toBe(true);
  vi.advanceTimersByTime(1);
  expect(done).toEqual(["second"]);
  expect(delayed.isPending).toBe(false);
});

test("flush runs what waits, once", () => {
  const done: string[] = [];
  const delayed = createDelayed(300);
  delayed.schedule(() => done.push("work"));
  delayed.flush();
  delayed.flush();
  vi.runAllTimers();
  expect(done).toEqual(["work"]);
});

test("cancel forgets it", () => {
  const work = vi.fn<() => void>();
  const delayed = createDelayed(300);
  delayed.schedule(work);
  delayed.cancel();
  vi.runAllTimers();
  expect(work).not.toHaveBeenCalled();
});
