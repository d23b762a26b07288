import { expect, test } from "vitest";
import { mapDeed } from "../../latent/map-keys";
import { GROUND_KEY, layerKey, LAYER_SWITCHES, layersFor, layersOf } from "./layer-offers";
import { pointChoices } from "./point-choices";

const ALL = { grid: true, points: true, rings: true, ellipses: true, density: true, error: true, ground: "regions" } as const;

test("a family is offered what it has: no prior without one, no posteriors of a point, no loss where nothing is reconstructed", () => {
  expect(layersOf("vae")).toEqual(["grid", "points", "density", "rings", "ellipses", "error"]);
  expect(layersOf("ae")).toEqual(["grid", "points", "error"]);
  expect(layersOf("gan")).toEqual(["grid", "points", "rings"]);
  expect(layersFor("ae", ALL)).toEqual({ ...ALL, rings: false, ellipses: false, density: false });
  expect(layersFor("gan", ALL)).toEqual({ ...ALL, ellipses: false, density: false, error: false });
  expect(layersFor("vae", { ...ALL, grid: false })).toEqual({ ...ALL, grid: false });
});

test("each layer has a digit that is its own on the map", () => {
  expect(LAYER_SWITCHES.map(layerKey)).toEqual(["1", "2", "3", "4", "5", "6"]);
  for (const layer of LAYER_SWITCHES) expect(mapDeed(layerKey(layer), false)).toEqual({ kind: "layer", layer });
  expect(mapDeed(GROUND_KEY, false)).toEqual({ kind: "ground" });
});

test("as many images as there are, and ten thousand where there are more", () => {
  expect(pointChoices(9_000)).toEqual([9_000]);
  expect(pointChoices(10_000)).toEqual([10_000]);
  expect(pointChoices(60_000)).toEqual([10_000, 60_000]);
});
