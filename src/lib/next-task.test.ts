import { expect, test } from "vitest";
import { nextTask } from "./next-task";

test("lets a message that is already waiting in first", async () => {
  const { port1, port2 } = new MessageChannel();
  const seen: string[] = [];
  const arrived = new Promise<void>((resolve) => {
    port1.onmessage = () => {
      seen.push("message");
      resolve();
    };
  });
  port2.postMessage(null);
  for (let turn = 0; turn < 3; turn++) await nextTask();
  await arrived;
  seen.push("after");
  port1.close();
  expect(seen).toEqual(["message", "after"]);
});

test("comes after every microtask", async () => {
  const seen: string[] = [];
  const task = nextTask().then(() => seen.push("task"));
  void Promise.resolve()
    .then(() => Promise.resolve())
    .then(() => seen.push("microtask"));
  await task;
  expect(seen).toEqual(["microtask", "task"]);
});

test("waiters are served in order, each once", async () => {
  const order: number[] = [];
  await Promise.all([1, 2, 3].map((name) => nextTask().then(() => order.push(name))));
  expect(order).toEqual([1, 2, 3]);
});
