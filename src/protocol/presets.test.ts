import { expect, test } from "vitest";
import { presets as english } from "../i18n/en/presets";
import { presets as chinese } from "../i18n/zh/presets";
import { formatAddress, parseAddress } from "./address";
import { configIssues } from "./config-issues";
import { PRESETS, PRESET_IDS } from "./presets";
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
  expect(Object.keys(english)).toEqual([...PRESET_IDS]);
});

test("what the tutorials got wrong is right here", () => {
  expect(PRESETS["ae-plane"].model).toBe("ae");
  expect(PRESETS["ae-keras"]).toMatchObject({ model: "ae", optimiser: "adadelta", learningRate: 1 });
  for (const id of ["ae-deep", "vae-deep"] as const) {
    expect(PRESETS[id].outputActivation).toBe("sigmoid");
    expect(PRESETS[id].encoder.some(({ activation }) => activation === "relu")).toBe(false);
  }
});
