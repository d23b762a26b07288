/**
 * Takes every preset home and brings it back: `npm run verify:export`.
 *
 * Trains each for a few steps, writes its weights and its PyTorch script as the page would, runs the script, and compares the
 * held-out figures; then reads the weights back into a fresh trainer and evaluates again. `-- --presets=a,b --steps=20 --backend=wasm
 * --python=/usr/bin/python3`. Prints a Markdown table; exits with 1 where a figure differs by more than 1e-3.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { openBackend, type OpenBackend } from "../src/engine/backend";
import { buildTrainer } from "../src/engine/create-trainer";
import { pytorchScript } from "../src/exchange/torch-script";
import { formatWeightFile, readWeightFile } from "../src/exchange/weight-file";
import { lossTermsOf } from "../src/protocol/loss-terms";
import type { Evaluation } from "../src/protocol/messages";
import { PRESET_IDS, PRESETS, type PresetId } from "../src/protocol/presets";
import { stepsPerEpoch, type BackendName, type RunConfig } from "../src/protocol/run-config";
import { trainedFor, type Trained } from "./reference/train-preset";

/** Relative, as the page promises; a term near 0 is compared in nats. */
const TOLERANCE = 1e-3;

interface Row {
  readonly preset: PresetId;
  readonly page: Evaluation;
  readonly python: Readonly<Record<string, number>>;
  readonly again: Evaluation;
  readonly worst: number;
}

export async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      presets: { type: "string", default: PRESET_IDS.join(",") },
      steps: { type: "string", default: "20" },
      backend: { type: "string", default: "wasm" },
      python: { type: "string", default: "/usr/bin/python3" },
    },
  });
  const ids = values.presets.split(",").map((given) => {
    const id = PRESET_IDS.find((known) => known === given);
    if (id === undefined) throw new RangeError(`--presets: no ${given}; there are ${PRESET_IDS.join(", ")}`);
    return id;
  });
  const opened = await openBackend(values.backend as BackendName, { engine: "tfjs" });
  const folder = mkdtempSync(join(tmpdir(), "vae-playground-export-"));
  const rows: Row[] = [];
  try {
    for (const preset of ids) {
      rows.push(await takenHome(preset, Number(values.steps), opened, values.python, folder));
      console.log(line(rows.at(-1)!));
    }
  } finally {
    rmSync(folder, { recursive: true });
    opened.close();
  }
  const failures = rows.filter(({ worst }) => !(worst <= TOLERANCE));
  console.log(`\n| preset | term | page | PyTorch | imported again |\n| --- | --- | ---: | ---: | ---: |\n${rows.map(table).join("\n")}\n`);
  console.log(failures.length === 0 ? "Every preset gives the page's figures." : `${failures.length} presets differ.`);
  return failures.length === 0 ? 0 : 1;
}

async function takenHome(preset: PresetId, steps: number, opened: OpenBackend, python: string, folder: string): Promise<Row> {
  const config = PRESETS[preset];
  const trained = await trainedFor(config, steps / stepsPerEpoch(config), opened, "tfjs");
  const { trainer, heldOut } = trained;
  try {
    const page = await trainer.evaluate(heldOut);
    const file = formatWeightFile(config, trainer.network, await trainer.exportWeights(), trainer.step);
    const [weights, script] = [join(folder, `${preset}.safetensors`), join(folder, `${preset}.py`)];
    writeFileSync(weights, file);
    const data = resolve("public/data", config.data);
    writeFileSync(script, pytorchScript(config, { dataUrl: null, step: trainer.step }));
    const output = execFileSync(python, [script, "--data", data, "--weights", weights], { encoding: "utf8", cwd: folder });
    const found = JSON.parse(output.trim().split("\n").at(-1)!) as Record<string, number>;
    const again = await importedAgain(config, file, trained, opened);
    return { preset, page, python: found, again, worst: worstOf(config, page, found, again) };
  } finally {
    trainer.dispose();
  }
}

async function importedAgain(config: RunConfig, file: Uint8Array, { data, heldOut, trainer: first }: Trained, opened: OpenBackend) {
  const reading = readWeightFile(file, config);
  if (reading.fit === null) throw new Error(`verify-export: ${JSON.stringify(reading.problems)}`);
  const training = { pixels: data.training, labels: data.trainingLabels };
  const { trainer } = await buildTrainer({ config, network: first.network, weights: reading.fit.weights, training }, opened, "tfjs");
  try {
    // β and C are those of the step: a run that starts from weights starts its schedules over.
    const checkpoint = await trainer.exportCheckpoint();
    trainer.importCheckpoint({ ...checkpoint, step: first.step });
    return await trainer.evaluate(heldOut);
  } finally {
    trainer.dispose();
  }
}

function worstOf(config: RunConfig, page: Evaluation, ...others: readonly Readonly<Record<string, unknown>>[]): number {
  const distances = lossTermsOf(config).flatMap((term) =>
    others.map((other) => Math.abs(Number(other[term]) - page[term]!) / Math.max(1, Math.abs(page[term]!))),
  );
  return Math.max(...distances);
}

function line({ preset, worst }: Row): string {
  return `${worst <= TOLERANCE ? "same" : "DIFFERS"}: ${preset}, worst ${worst.toExponential(1)}`;
}

const text = (value: unknown) => Number(value).toFixed(3);

function table({ preset, page, python, again }: Row): string {
  const terms = lossTermsOf(PRESETS[preset]);
  return terms.map((term) => `| ${preset} | ${term} | ${text(page[term])} | ${text(python[term])} | ${text(again[term])} |`).join("\n");
}
