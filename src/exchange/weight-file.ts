/**
 * The weights of a run as a safetensors file, and a file from anywhere as the weights of
 * a run: checked whole before a number of it is used.
 */
import { formatSafetensors, parseSafetensors, SafetensorsError, type SafetensorsFile, type SafetensorsProblem } from "../lib/safetensors";
import { describeNetwork, type Network } from "../model/network";
import { formatAddress, parseAddress } from "../protocol/address";
import { DATASETS } from "../protocol/datasets";
import type { WeightTable } from "../protocol/messages";
import type { RunConfig } from "../protocol/run-config";
import { fromTorch, toTorch, type LayoutProblem } from "./weight-layout";

/** Larger than the largest network of the page by far; no more is read into memory. */
export const MAX_FILE_BYTES = 1 << 29;

/** `format` is what PyTorch's own files say; `experiment` the query of the page's address. */
export function formatWeightFile(config: RunConfig, network: Network, weights: WeightTable, step: number): Uint8Array<ArrayBuffer> {
  return formatSafetensors(toTorch(network, weights), {
    format: "pt",
    layout: "pytorch",
    source: "VAE Playground",
    experiment: formatAddress(config),
    step: String(step),
  });
}

/** Why a file gives no weights. `tensor` and names come from the file: show them as text only. */
export type WeightFileProblem =
  | LayoutProblem
  | { readonly kind: "malformed"; readonly code: SafetensorsProblem; readonly tensor: string }
  | { readonly kind: "too-large" }
  | { readonly kind: "unreadable" };

/** Weights that fit their config. */
export interface FittingWeights {
  readonly config: RunConfig;
  readonly weights: WeightTable;
}

export type WeightFileReading =
  | { readonly fit: FittingWeights }
  | {
      readonly fit: null;
      readonly problems: readonly WeightFileProblem[];
      /** The experiment that the file says it is from, where it is another one and the weights are whole for it. */
      readonly elsewhere: FittingWeights | null;
    };

/** @param config the experiment that the weights are wanted for */
export function readWeightFile(bytes: Uint8Array, config: RunConfig): WeightFileReading {
  let file: SafetensorsFile;
  try {
    file = parseSafetensors(bytes);
  } catch (error) {
    if (!(error instanceof SafetensorsError)) throw error;
    return { fit: null, problems: [{ kind: "malformed", code: error.code, tensor: error.tensor }], elsewhere: null };
  }
  const { weights, problems } = fromTorch(networkOf(config), file.tensors);
  if (problems === null) return { fit: { config, weights } };
  return { fit: null, problems, elsewhere: fitOfItsOwn(file) };
}

function fitOfItsOwn({ metadata, tensors }: SafetensorsFile): FittingWeights | null {
  const { experiment } = metadata;
  if (experiment === undefined) return null;
  const { config, repairs } = parseAddress(experiment);
  if (repairs.length > 0) return null;
  const { weights } = fromTorch(networkOf(config), tensors);
  return weights === null ? null : { config, weights };
}

function networkOf(config: RunConfig): Network {
  return describeNetwork(config, DATASETS[config.data].image);
}
