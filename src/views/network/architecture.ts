/**
 * The drawn network as a config has it: whose weights fit which, and whether the
 * decoder is the mirror image of the encoder. How it is changed: `layer-edits`.
 */
import { isConvLayer, type HiddenLayer, type RunConfig } from "../../protocol/run-config";
import { gridIndex } from "../../store/fit-decoder";

export type Side = "encoder" | "decoder";

/** The part of a config that is drawn. */
export type Architecture = Pick<
  RunConfig,
  "data" | "model" | "conditional" | "encoder" | "headActivation" | "latentDim" | "decoder" | "outputActivation"
>;

/** The encoder that `decoder` undoes; the layer that only makes the first image has no counterpart there. */
export function unmirrored(decoder: readonly HiddenLayer[]): HiddenLayer[] {
  const grid = gridIndex(decoder);
  return decoder
    .filter((_, i) => i !== grid)
    .toReversed()
    .map((layer) => ({ ...layer }));
}

export function isMirrored({ encoder, decoder }: Pick<RunConfig, Side>): boolean {
  return sameLayers(unmirrored(decoder), encoder);
}

function sameLayers(a: readonly HiddenLayer[], b: readonly HiddenLayer[]): boolean {
  return a.length === b.length && a.every((layer, i) => sameLayer(layer, b[i]!));
}

function sameLayer(a: HiddenLayer, b: HiddenLayer): boolean {
  if (a.activation !== b.activation) return false;
  if (!isConvLayer(a) || !isConvLayer(b)) return !isConvLayer(a) && !isConvLayer(b) && Object.is(a.units, b.units);
  return Object.is(a.filters, b.filters) && a.kernel === b.kernel && a.stride === b.stride;
}

/** Whether the weights of a run of `a` fit the network drawn for `b`. */
export function sameArchitecture(a: Architecture, b: Architecture): boolean {
  return (
    a.data === b.data &&
    a.model === b.model &&
    a.conditional === b.conditional &&
    a.headActivation === b.headActivation &&
    a.latentDim === b.latentDim &&
    a.outputActivation === b.outputActivation &&
    sameLayers(a.encoder, b.encoder) &&
    sameLayers(a.decoder, b.decoder)
  );
}
