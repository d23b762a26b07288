import { expect, test } from "vitest";
import { isTimed, median, type Combination } from "./rows";
import { measureTogether, within, type RemoteStation } from "./schedule";

const combination = (engine: Combination["engine"]): Combination => ({ engine, backend: "wasm", model: "dense", batch: 128, width: null });

/** A station that writes down what it is asked. */
function fake(log: string[], objective = 100): RemoteStation {
  let name = "";
  return {
    open: ({ engine }) => {
      name = engine;
      log.push(`open ${name}`);
      if (name === "plain-tfjs") return Promise.reject(new Error("does not start\nstack"));
      return Promise.resolve({ adapter: "", dispatches: null, firstObjective: 550, stepsPerRound: 1 });
    },
    round: () => {
      log.push(`round ${name}`);
      return Promise.resolve({ msPerStep: 2, issueMsPerStep: 1, gpuMsPerStep: null, objective });
    },
    close: () => {
      log.push(`close ${name}`);
      return Promise.resolve();
    },
  };
}

/** A clock by which every round takes so long: it is read before and after. */
function clock(roundMs: number) {
  let now = 0;
  return () => (now += roundMs);
}

test("rounds alternate, and each station is closed when it has had its time", async () => {
  const log: string[] = [];
  const combinations = [combination("tfjs"), combination("jax-js")];
  const rows = await measureTogether(combinations, () => Promise.resolve(fake(log)), { seconds: 0.05, now: clock(10) });
  expect(log.slice(0, 6)).toEqual(["open tfjs", "open jax-js", "round tfjs", "round jax-js", "round tfjs", "round jax-js"]);
  expect(log.filter((line) => line.startsWith("close"))).toEqual(["close tfjs", "close jax-js"]);
  expect(rows).toMatchObject([
    { engine: "tfjs", msPerStep: 2, rounds: 5 },
    { engine: "jax-js", msPerStep: 2, rounds: 5 },
  ]);
});

/** Rounds that one station gets of 50 ms. */
async function roundsAt(roundMs: number) {
  const [row] = await measureTogether([combination("tfjs")], () => Promise.resolve(fake([])), { seconds: 0.05, now: clock(roundMs) });
  return isTimed(row!) ? row.rounds : null;
}

test("three rounds at least, and one where a round alone takes more than the time", async () => {
  expect(await roundsAt(40)).toBe(3);
  expect(await roundsAt(60)).toBe(1);
});

test("one that fails has a row that says why, and holds up nobody", async () => {
  const combinations = [combination("plain-tfjs"), combination("tfjs")];
  const rows = await measureTogether(combinations, () => Promise.resolve(fake([])), { seconds: 0.05, now: clock(10) });
  expect(rows[0]).toEqual({ ...combinations[0], error: "does not start" });
  expect(isTimed(rows[1]!)).toBe(true);
});

test("one that cannot even be started has such a row too", async () => {
  const wanted = combination("tfjs");
  const rows = await measureTogether([wanted], () => Promise.reject(new Error("the browser is gone")), { seconds: 0.05 });
  expect(rows).toEqual([{ ...wanted, error: "the browser is gone" }]);
});

test("a loss that has not fallen, or is no number, is no result", async () => {
  for (const objective of [550, Number.NaN]) {
    const [row] = await measureTogether([combination("tfjs")], () => Promise.resolve(fake([], objective)), {
      seconds: 0.05,
      now: clock(10),
    });
    expect(row).toMatchObject({ error: `the objective went from 550 to ${objective}` });
  }
});

test("what never comes is given up", async () => {
  await expect(within(0.01, new Promise(() => {}))).rejects.toThrow("timed out after 0.01 s");
  await expect(within(1, Promise.resolve(3))).resolves.toBe(3);
});

test("the median of an even number is one of them", () => {
  expect(median([4, 1, 3, 2])).toBe(2);
  expect(median([5, 1, 9])).toBe(5);
});
