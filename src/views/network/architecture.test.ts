import { expect, test } from "vitest";
import { DEFAULT_CONFIG, RANGES, type RunConfig } from "../../protocol/run-config";
import { editLayers, isMirrored, mirrored, sameArchitecture, stepUnits } from "./architecture";

const relu = (units: number) => ({ units, activation: "relu" as const });
const tanh = (units: number) => ({ units, activation: "tanh" as const });
const deep: RunConfig = { ...DEFAULT_CONFIG, encoder: [relu(500), tanh(100)], decoder: [tanh(100), relu(500)] };

test("the mirror image turns the order around and keeps each layer whole", () => {
  expect(mirrored(deep.encoder)).toEqual(deep.decoder);
  expect(isMirrored(deep)).toBe(true);
  expect(isMirrored({ ...deep, decoder: [relu(100), relu(500)] })).toBe(false);
});

test("an edit changes one layer of one side and nothing else", () => {
  expect(editLayers(deep, "decoder", { type: "change", index: 0, layer: { units: 64 } }, false)).toEqual({
    decoder: [tanh(64), relu(500)],
  });
  expect(editLayers(deep, "encoder", { type: "remove", index: 0 }, false)).toEqual({ encoder: [tanh(100)] });
});

test("with the mirror on, the other side follows every kind of edit, from either side", () => {
  const edits = [
    { type: "add", index: 1 },
    { type: "remove", index: 0 },
    { type: "change", index: 1, layer: { activation: "elu" } },
  ] as const;
  for (const side of ["encoder", "decoder"] as const) {
    for (const edit of edits) expect(isMirrored({ ...deep, ...editLayers(deep, side, edit, true) })).toBe(true);
  }
});

const unitsAdded = (side: "encoder" | "decoder", index: number) =>
  editLayers(DEFAULT_CONFIG, side, { type: "add", index }, false)[side]![index]!.units;

test("a new layer lies between its neighbours and speaks their language", () => {
  expect(unitsAdded("encoder", 0)).toBe(512); // √(784 · 400) = 560
  expect(unitsAdded("encoder", 1)).toBe(32); // √(400 · 2) = 28
  expect(unitsAdded("decoder", 0)).toBe(32);
  const bare = { ...DEFAULT_CONFIG, encoder: [] };
  expect(editLayers(bare, "encoder", { type: "add", index: 0 }, false)).toEqual({ encoder: [relu(32)] }); // √(784 · 2) = 40
  expect(editLayers(deep, "encoder", { type: "add", index: 2 }, false).encoder![2]!.activation).toBe("tanh");
});

test("a new layer beside one that is being typed is still a layer", () => {
  const typing = { ...DEFAULT_CONFIG, encoder: [relu(Number.NaN)] };
  expect(editLayers(typing, "encoder", { type: "add", index: 1 }, false).encoder![1]!.units).toBe(128);
});

test("the stepper goes up and down from any number and stays in range", () => {
  expect([stepUnits(400, 1), stepUnits(400, -1), stepUnits(401, -1), stepUnits(300, 1)]).toEqual([512, 256, 400, 400]);
  expect([stepUnits(RANGES.units.max, 1), stepUnits(RANGES.units.min, -1)]).toEqual([RANGES.units.max, RANGES.units.min]);
  expect(stepUnits(Number.NaN, 1)).toBeGreaterThan(0);
});

test("weights fit only the very network they were learnt in", () => {
  expect(sameArchitecture(deep, { ...deep, encoder: [relu(500), tanh(100)] })).toBe(true);
  for (const change of [
    { data: "shapes" },
    { model: "ae" },
    { latentDim: 3 },
    { outputActivation: "tanh" },
    { encoder: [relu(500), relu(100)] },
    { decoder: [tanh(100)] },
  ] satisfies Partial<RunConfig>[]) {
    expect(sameArchitecture(deep, { ...deep, ...change })).toBe(false);
  }
});
