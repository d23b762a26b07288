/**
 * Changes of the drawn network: adding, removing and resizing layers, and keeping
 * the decoder the mirror image of the encoder. Pure functions from one description
 * to the next; whether the result can run is `protocol/config-issues`' business.
 */
import { clamp } from "../../lib/clamp";
import { DATASETS, pixelCount } from "../../protocol/datasets";
import { RANGES, type DenseLayer, type RunConfig } from "../../protocol/run-config";

export type Side = "encoder" | "decoder";

/** The part of a config that is drawn. */
export type Architecture = Pick<RunConfig, "data" | "model" | "encoder" | "latentDim" | "decoder" | "outputActivation">;

/** Widths offered at one press. */
export const COMMON_UNITS = [16, 32, 64, 128, 256, 400, 512] as const;
export const COMMON_LATENT_DIMS = [1, 2, 3, 5, 10, 20, 50] as const;

/** Widths of the stepper: each about 1.4 times the one before. */
const STEPPED_UNITS = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 400, 512, 768, 1024, 1536, 2048, 3072, 4096];

/** The next width of the stepper, up or down, from any number. */
export function stepUnits(units: number, direction: 1 | -1): number {
  const { min, max } = RANGES.units;
  if (!Number.isFinite(units)) return COMMON_UNITS[3];
  const next = direction > 0 ? STEPPED_UNITS.find((width) => width > units) : STEPPED_UNITS.findLast((width) => width < units);
  return next ?? (direction > 0 ? max : min);
}

/** The same layers seen from the other end; each keeps its own activation. */
export function mirrored(layers: readonly DenseLayer[]): DenseLayer[] {
  return layers.toReversed().map((layer) => ({ ...layer }));
}

export function isMirrored({ encoder, decoder }: Pick<RunConfig, Side>): boolean {
  return sameLayers(mirrored(encoder), decoder);
}

export function sameLayers(a: readonly DenseLayer[], b: readonly DenseLayer[]): boolean {
  return a.length === b.length && a.every((layer, i) => Object.is(layer.units, b[i]!.units) && layer.activation === b[i]!.activation);
}

/** Whether the weights of a run of `a` fit the network drawn for `b`. */
export function sameArchitecture(a: Architecture, b: Architecture): boolean {
  return (
    a.data === b.data &&
    a.model === b.model &&
    a.latentDim === b.latentDim &&
    a.outputActivation === b.outputActivation &&
    sameLayers(a.encoder, b.encoder) &&
    sameLayers(a.decoder, b.decoder)
  );
}

export type LayerEdit =
  | { readonly type: "add"; readonly index: number }
  | { readonly type: "remove"; readonly index: number }
  | { readonly type: "change"; readonly index: number; readonly layer: Partial<DenseLayer> };

/** What a config becomes by one edit of one side; with `mirror`, the other side follows. */
export function editLayers(config: Architecture, side: Side, edit: LayerEdit, mirror: boolean): Partial<RunConfig> {
  const layers = edited(config, side, edit);
  const other = side === "encoder" ? "decoder" : "encoder";
  return mirror ? { [side]: layers, [other]: mirrored(layers) } : { [side]: layers };
}

function edited(config: Architecture, side: Side, edit: LayerEdit): DenseLayer[] {
  const layers = config[side];
  switch (edit.type) {
    case "add":
      return layers.toSpliced(edit.index, 0, newLayer(config, side, edit.index));
    case "remove":
      return layers.toSpliced(edit.index, 1);
    case "change":
      return layers.map((layer, i) => (i === edit.index ? { ...layer, ...edit.layer } : layer));
  }
}

/** Between its neighbours: their geometric mean, taken to a common width, and the activation of one of them. */
function newLayer(config: Architecture, side: Side, index: number): DenseLayer {
  const layers = config[side];
  const pixels = pixelCount(DATASETS[config.data].image);
  const [first, last] = side === "encoder" ? [pixels, config.latentDim] : [config.latentDim, pixels];
  const before = layers[index - 1]?.units ?? first;
  const after = layers[index]?.units ?? last;
  const middle = Math.sqrt(before * after);
  const distance = (units: number) => Math.abs(Math.log(units / middle));
  const units = Number.isFinite(middle) ? COMMON_UNITS.reduce((best, each) => (distance(each) < distance(best) ? each : best)) : 128;
  const activation = (layers[index - 1] ?? layers[index])?.activation ?? "relu";
  return { units: clamp(units, RANGES.units.min, RANGES.units.max), activation };
}
