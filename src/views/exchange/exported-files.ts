/**
 * The run as files. Weights are those of the last snapshot; rates are those in force, so
 * that what a script computes is what the page says now.
 */
import { fileNames } from "../../exchange/file-names";
import { kerasScript } from "../../exchange/keras-script";
import { runCsv } from "../../exchange/run-csv";
import { pytorchScript } from "../../exchange/torch-script";
import { formatWeightFile } from "../../exchange/weight-file";
import type { RunConfig } from "../../protocol/run-config";
import type { RunState } from "../../store/run-store";

export interface ExportedFile {
  readonly name: string;
  readonly type: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
}

type Run = Pick<RunState, "config" | "learningRate" | "beta" | "network" | "snapshot" | "runId" | "losses" | "evaluations">;

function configInForce({ config, learningRate, beta }: Run): RunConfig {
  return { ...config, learningRate, beta };
}

function named(run: Run) {
  const step = run.snapshot?.step ?? 0;
  const options = { dataUrl: new URL(`data/${run.config.data}/`, document.baseURI).href, step };
  return { config: configInForce(run), step, options, names: fileNames(run.config, step) };
}

/** @throws RangeError before the first snapshot */
export function weightsFile(run: Run): ExportedFile {
  const { config, step, names } = named(run);
  if (run.snapshot === null) throw new RangeError("weightsFile: there is no snapshot to take weights from");
  const content = formatWeightFile(config, run.network, run.snapshot.weights, step);
  return { name: names.weights, type: "application/octet-stream", content };
}

export function curvesFile(run: Run): ExportedFile {
  return { name: named(run).names.curves, type: "text/csv", content: runCsv(run) };
}

export function pytorchFile(run: Run): ExportedFile {
  const { config, options, names } = named(run);
  return { name: names.pytorch, type: "text/x-python", content: pytorchScript(config, options) };
}

export function kerasFile(run: Run): ExportedFile {
  const { config, options, names } = named(run);
  return { name: names.keras, type: "text/x-python", content: kerasScript(config, options) };
}

/** Hands a file to the browser's downloads. */
export function saveFile({ name, type, content }: ExportedFile): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // Safari reads it after the click has returned
}
