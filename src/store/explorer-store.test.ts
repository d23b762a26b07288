import { expect, test } from "vitest";
import { createExplorerStore, MOST_PINS } from "./explorer-store";

const at = (...z: number[]) => ({ z, origin: "probe", label: null }) as const;

test("a pin gets the next number, and the oldest give way", () => {
  const explorer = createExplorerStore();
  expect(explorer.getState().pin(at(0, 0))).toBe(1);
  expect(explorer.getState().pin(at(1, 0))).toBe(2);
  explorer.getState().unpin(1);
  expect(explorer.getState().pin(at(2, 0))).toBe(3);
  expect(explorer.getState().pins.map(({ id }) => id)).toEqual([2, 3]);
  for (let i = 0; i < MOST_PINS; i++) explorer.getState().pin(at(i, 1));
  expect(explorer.getState().pins).toHaveLength(MOST_PINS);
  expect(explorer.getState().pins[0]!.z).toEqual([0, 1]);
});

test("another latent space takes everything laid out in the old one, not the tool", () => {
  const explorer = createExplorerStore();
  explorer.getState().set({ tool: "paths", selection: [1, 2], map: { kind: "umap" } });
  explorer.getState().pin(at(0, 0));
  explorer.getState().clear();
  expect(explorer.getState()).toMatchObject({ tool: "paths", selection: null, pins: [], map: { kind: "axes" } });
});
