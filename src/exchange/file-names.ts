/** What exported files are called: choices and numbers of the config, so that two runs do not get in each other's way. */
import type { RunConfig } from "../protocol/run-config";

export interface FileNames {
  readonly weights: string;
  readonly curves: string;
  readonly pytorch: string;
  readonly keras: string;
}

type Named = Pick<RunConfig, "data" | "model" | "latentDim">;

/** What every name begins with. */
export function fileStem({ data, model, latentDim }: Named, step: number): string {
  return `vae-playground-${data}-${model}-z${latentDim}-step${step}`;
}

export function fileNames(config: Named, step: number): FileNames {
  const stem = fileStem(config, step);
  return { weights: `${stem}.safetensors`, curves: `${stem}.csv`, pytorch: `${stem}-pytorch.py`, keras: `${stem}-keras.py` };
}
