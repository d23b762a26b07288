// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ParsedAddress } from "../protocol/address";
import { DEFAULT_CONFIG, DEFAULT_OPTIONS } from "../protocol/run-config";
import { browserAddressBar, createAddressSync, experimentHash, readExperiment, type AddressSync } from "./address-sync";

let sync: AddressSync | null = null;
let visits: ParsedAddress[];

beforeEach(() => {
  visits = [];
  window.history.replaceState(null, "", "#");
});
afterEach(() => sync?.dispose());

const bar = browserAddressBar(window);

function open(hash: string): AddressSync {
  window.history.replaceState(null, "", hash);
  sync = createAddressSync(bar, (address) => visits.push(address));
  return sync;
}

/** What a typed address, a pasted link or the back button does. */
async function go(hash: string): Promise<void> {
  const heard = new Promise((resolve) => window.addEventListener("hashchange", resolve, { once: true }));
  window.location.hash = hash;
  await heard;
}

test("an address names its experiment, and none the default one", () => {
  expect(readExperiment({ hash: "#/play?z=20&seed=3" }).config).toEqual({ ...DEFAULT_CONFIG, latentDim: 20, seed: 3 });
  for (const hash of ["", "#", "#/", "#/play", "#/play?"]) expect(readExperiment({ hash }).config).toEqual(DEFAULT_CONFIG);
});

test("links lead to the experiment", () => {
  expect(experimentHash(DEFAULT_CONFIG, DEFAULT_OPTIONS)).toBe("#/play");
  expect(experimentHash({ ...DEFAULT_CONFIG, latentDim: 20 }, { ...DEFAULT_OPTIONS, backend: "wasm" })).toBe("#/play?z=20&backend=wasm");
});

test("writes without a new history entry and without hearing itself", async () => {
  const entries = window.history.length;
  open("#/play").write({ ...DEFAULT_CONFIG, latentDim: 20 }, DEFAULT_OPTIONS);
  expect(window.location.hash).toBe("#/play?z=20");
  expect(window.history.length).toBe(entries);
  await new Promise((resolve) => setTimeout(resolve, 20)); // hashchange comes in a later task
  expect(visits).toEqual([]);
});

test("hears of an experiment the visitor goes to", async () => {
  open("#/play").write(DEFAULT_CONFIG, DEFAULT_OPTIONS);
  await go("#/play?z=5&lr=oops");
  expect(visits).toHaveLength(1);
  expect(visits[0]).toMatchObject({ config: { latentDim: 5 }, repairs: [{ key: "lr" }] });
});

test("going back to the address that was written is no visit", async () => {
  open("#/play").write({ ...DEFAULT_CONFIG, latentDim: 20 }, DEFAULT_OPTIONS);
  await go("#/learn/intro");
  await go("#/play?z=20");
  expect(visits).toEqual([]);
});

test("other routes keep their own address; coming back without a query finds the experiment at hand", async () => {
  const opened = open("#/play");
  opened.write({ ...DEFAULT_CONFIG, latentDim: 20 }, DEFAULT_OPTIONS);
  await go("#/learn/intro");
  opened.write({ ...DEFAULT_CONFIG, latentDim: 21 }, DEFAULT_OPTIONS);
  expect(window.location.hash).toBe("#/learn/intro");
  await go("#/play");
  expect(window.location.hash).toBe("#/play?z=21");
  expect(visits).toEqual([]);
});

test("the bare address, gone to from an experiment, is the default one", async () => {
  open("#/play").write({ ...DEFAULT_CONFIG, latentDim: 20 }, DEFAULT_OPTIONS);
  await go("#/play");
  expect(visits.map(({ config }) => config)).toEqual([DEFAULT_CONFIG]);
});

test("the explorer carries the experiment too: opened by link, written, shared", async () => {
  const opened = open("#/explore?z=20");
  expect(readExperiment(bar).config.latentDim).toBe(20);
  opened.write({ ...DEFAULT_CONFIG, latentDim: 21 }, DEFAULT_OPTIONS);
  expect(window.location.hash).toBe("#/explore?z=21");
  await go("#/explore?z=5");
  expect(visits.map(({ config }) => config.latentDim)).toEqual([5]);
  expect(experimentHash({ ...DEFAULT_CONFIG, latentDim: 5 }, DEFAULT_OPTIONS, "/explore")).toBe("#/explore?z=5");
  expect(experimentHash(DEFAULT_CONFIG, DEFAULT_OPTIONS, "/nowhere")).toBe("#/play");
});

test("from one page of the experiment to the other it goes along, and back again", async () => {
  const opened = open("#/play?z=20");
  opened.write({ ...DEFAULT_CONFIG, latentDim: 20 }, DEFAULT_OPTIONS);
  await go("#/explore");
  expect(window.location.hash).toBe("#/explore?z=20");
  opened.write({ ...DEFAULT_CONFIG, latentDim: 21 }, DEFAULT_OPTIONS);
  await go("#/play?z=20"); // as the back button does: the entry as it was left
  expect(window.location.hash).toBe("#/play?z=21");
  await go("#/explore?z=21");
  expect(visits).toEqual([]);
  await go("#/play?z=7"); // a link
  expect(visits.map(({ config }) => config.latentDim)).toEqual([7]);
});

test("a browser that has had enough of changes is let be", () => {
  const refuse = vi.spyOn(window.history, "replaceState").mockImplementation(() => {
    throw new DOMException("too many calls", "SecurityError");
  });
  expect(() => bar.replace("#/play?z=3")).not.toThrow();
  refuse.mockRestore();
});
