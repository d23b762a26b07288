/**
 * Which layers of the map a model can have. An autoencoder has neither a prior nor
 * posteriors, and so no density of them; a GAN has a prior, no posteriors, and
 * reconstructs nothing.
 */
import type { ModelKind } from "../../../protocol/run-config";
import type { LatentLayers } from "../../../store/preferences-store";

/** Layers that are on or off. */
export type LayerSwitch = Exclude<keyof LatentLayers, "ground">;

const OFFERS: Readonly<Record<ModelKind, readonly LayerSwitch[]>> = {
  vae: ["grid", "points", "density", "rings", "ellipses", "error"],
  ae: ["grid", "points", "error"],
  gan: ["grid", "points", "rings"],
};

/** In the order of the menu, and of their keys on the map. */
export const LAYER_SWITCHES: readonly LayerSwitch[] = OFFERS.vae;

export function layersOf(model: ModelKind): readonly LayerSwitch[] {
  return OFFERS[model];
}

/** The key of a layer on the map: 1 for the first of all layers, whether or not the model has those before it. */
export const layerKey = (layer: LayerSwitch): string => String(LAYER_SWITCHES.indexOf(layer) + 1);
/** Goes through what the ground can be tinted by. */
export const GROUND_KEY = String(LAYER_SWITCHES.length + 1);

/** What of the visitor's layers this model has. */
export function layersFor(model: ModelKind, layers: LatentLayers): LatentLayers {
  const offered = layersOf(model);
  const on = (layer: LayerSwitch) => layers[layer] && offered.includes(layer);
  return {
    grid: on("grid"),
    points: on("points"),
    rings: on("rings"),
    ellipses: on("ellipses"),
    density: on("density"),
    error: on("error"),
    ground: layers.ground,
  };
}
