import { expect, test } from "vitest";
import { presets as english } from "../i18n/en/presets";
import { presets as chinese } from "../i18n/zh/presets";
import { formatAddress, parseAddress } from "./address";
import { configIssues } from "./config-issues";
import { presetOf } from "./preset-of";
import { PRESET_FACTS, PRESET_GROUPS, PRESETS, PRESET_IDS, SYSTEMS, type PresetId } from "./presets";
import { DEFAULT_OPTIONS } from "./run-config";

test.each(PRESET_IDS)("%s can run, is its address, and has a name and a note in both languages", (id) => {
  const config = PRESETS[id];
  expect(configIssues(config)).toEqual([]);
  expect(parseAddress(formatAddress(config, DEFAULT_OPTIONS))).toEqual({ config, options: DEFAULT_OPTIONS, repairs: [] });
  for (const { name, note } of [english[id], chinese[id]]) expect(Math.min(name.length, note.length)).toBeGreaterThan(0);
});

test("no two presets are the same experiment", () => {
  const addresses = PRESET_IDS.map((id) => formatAddress(PRESETS[id], DEFAULT_OPTIONS));
  expect(new Set(addresses).size).toBe(PRESET_IDS.length);
});

test("the catalogues name no preset that is not there", () => {
  const { menu, ...named } = english;
  expect(Object.keys(named)).toEqual([...PRESET_IDS]);
  expect(Object.keys(menu)).toEqual(["written", ...PRESET_GROUPS]);
});

test("what the tutorials got wrong is right here", () => {
  expect(PRESETS["ae-plane"]).toMatchObject({ model: "ae", mistake: "none" });
  expect(PRESETS["ae-keras"]).toMatchObject({ model: "ae", optimiser: "adadelta", learningRate: 1 });
  for (const id of ["ae-deep", "vae-deep"] as const) {
    expect(PRESETS[id].outputActivation).toBe("sigmoid");
    expect(PRESETS[id].encoder.some(({ activation }) => activation === "relu")).toBe(false);
  }
  expect(PRESETS["vae-small"].headActivation).toBe("linear");
});

test("what is as written leads to what is right, and back", () => {
  const written = PRESET_IDS.filter((id) => id.endsWith("-written"));
  expect(written.map((id) => PRESET_FACTS[id].system)).toEqual(["A", "C", "D", "E", "F"]);
  const links = PRESET_IDS.flatMap((id) => {
    const { asWritten, corrected } = PRESET_FACTS[id];
    return [...(asWritten === undefined ? [] : [[id, asWritten]]), ...(corrected === undefined ? [] : [[corrected, id]])] as [
      PresetId,
      PresetId,
    ][];
  });
  expect(links).toHaveLength(10);
  for (const [right, wrong] of links) {
    expect(PRESET_FACTS[right]).toMatchObject({ asWritten: wrong, system: PRESET_FACTS[wrong].system });
    expect(PRESET_FACTS[wrong]).toMatchObject({ corrected: right });
  }
});

test("every system of the tutorials is there, and every group holds something", () => {
  const facts = PRESET_IDS.map((id) => PRESET_FACTS[id]);
  expect([...new Set(facts.flatMap(({ system }) => system ?? []))].toSorted()).toEqual([...SYSTEMS]);
  expect(PRESET_GROUPS.filter((group) => !facts.some((each) => each.group === group))).toEqual([]);
});

test("a preset is known again under another seed and other rates, and by nothing else", () => {
  for (const id of PRESET_IDS) {
    const { learningRate, beta } = PRESETS[id];
    expect(presetOf({ ...PRESETS[id], seed: 77, learningRate: learningRate * 1.5, beta: beta * 1.5 })).toBe(id);
    expect(presetOf({ ...PRESETS[id], latentDim: 7 })).toBeNull();
  }
  // They differ in nothing but the rate.
  expect(presetOf({ ...PRESETS["ae-keras"], learningRate: 0.01 })).toBe("ae-keras-written");
  expect(presetOf({ ...PRESETS["ae-keras"], learningRate: 0.3 })).toBe("ae-keras");
});
