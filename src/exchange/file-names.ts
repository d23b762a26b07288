/** What exported files are called: choices and numbers of the config, so that two runs do not get in each other's way. */
import type { RunConfig } from "../protocol/run-config";

export interface FileNames {
  readonly weights: string;
  readonly curves: string;
  readonly pytorch: string;
  readonly keras: string;
}

export function fileNames({ data, model, latentDim }: Pick<RunConfig, "data" | "model" | "latentDim">, step: number): FileNames {
  const stem = `vae-playground-${data}-${model}-z${latentDim}-step${step}`;
  return { weights: `${stem}.safetensors`, curves: `${stem}.csv`, pytorch: `${stem}-pytorch.py`, keras: `${stem}-keras.py` };
}
