import { expect, test } from "vitest";
import type { RunState } from "../../store/run-store";
import { mapDeed } from "./map-keys";
import { stepHistory } from "./use-map-deeds";

test("the keys of the whole page are none of the map's", () => {
  for (const key of [" ", ".", "r", "R", "?", "？", "Tab", "Enter", "8", "9", "x"]) expect(mapDeed(key, false)).toBeNull();
});

test("arrows move, Shift moves farther, letters do not care for Caps Lock", () => {
  expect(mapDeed("ArrowUp", true)).toEqual({ kind: "move", by: [0, 1], isFar: true });
  expect(mapDeed("P", false)).toEqual({ kind: "pin" });
  expect(mapDeed("N", true)).toEqual({ kind: "neighbour", by: -1 });
  expect(mapDeed("B", false)).toEqual({ kind: "drag" });
  expect(mapDeed("=", false)).toEqual({ kind: "zoom", isIn: true });
  expect(mapDeed("0", false)).toEqual({ kind: "fit" });
});

/** What was shown, in the order it was. */
function walk(shown: RunState["shown"], newest: number | null, keys: readonly (1 | -1)[]): string[] {
  const told: string[] = [];
  let state = {
    shown,
    newest: newest === null ? null : { step: newest },
    moments: [0, 10, 30].map((step) => ({ step })),
    showMoment: (step: number) => {
      told.push(String(step));
      state = { ...state, shown: { kind: "moment", step } };
    },
    showNewest: () => {
      told.push("newest");
      state = { ...state, shown: { kind: "newest" } };
    },
  } as unknown as RunState;
  for (const by of keys) if (!stepHistory(state, by)) told.push("-");
  return told;
}

test("the brackets go back through the moments and forward to the run as it stands", () => {
  expect(walk({ kind: "newest" }, 30, [-1, -1, -1, 1, 1, 1])).toEqual(["10", "0", "-", "10", "newest", "-"]);
  expect(walk({ kind: "newest" }, 45, [-1, 1])).toEqual(["30", "newest"]);
  expect(walk({ kind: "recorded" }, 0, [-1, 1])).toEqual(["-", "-"]);
});
