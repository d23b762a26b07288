/**
 * Which family of models runs on which engine, as a Markdown table made of the code's
 * own word (`engine/capability`): `npm run families` prints it, with `--write` it takes
 * the place of the block between `<!-- families -->` and `<!-- /families -->` in README.md.
 */
import { readFile, writeFile } from "node:fs/promises";
import { canRun } from "../src/engine/capability";
import { DEFAULT_CONFIG, POINT_DEFAULTS, type BackendName, type EngineName, type RunConfig } from "../src/protocol/run-config";

const README = "README.md";
const START = "<!-- families -->";
const END = "<!-- /families -->";

interface Row {
  readonly name: string;
  /** What tells it from the default config; each of them must run. */
  readonly changes: readonly Partial<RunConfig>[];
}

const CONVOLUTIONAL: Partial<RunConfig> = {
  encoder: [{ filters: 32, kernel: 3, stride: 2, activation: "relu" }],
  decoder: [
    { units: 14 * 14 * 32, activation: "relu" },
    { filters: 32, kernel: 3, stride: 2, activation: "relu" },
  ],
};

const { encoder, decoder, ...likelihood } = POINT_DEFAULTS;
const POINTS: Partial<RunConfig> = { ...likelihood, encoder: [...encoder], decoder: [...decoder] };

const models = ["ae", "vae"] as const;

const ROWS: readonly Row[] = [
  { name: "autoencoder", changes: [{ model: "ae" }] },
  {
    name: "denoising autoencoder: Gaussian, masking, salt and pepper",
    changes: (["gaussian", "masking", "salt"] as const).map((corruption) => ({ model: "ae", corruption })),
  },
  { name: "VAE, β-VAE", changes: [{}, { beta: 4 }] },
  {
    name: "annealed β: linear, cyclical",
    changes: (["linear", "cyclical"] as const).map((betaSchedule) => ({ betaSchedule })),
  },
  { name: "free bits", changes: [{ klMode: "free-bits" }] },
  { name: "capacity", changes: [{ klMode: "capacity" }] },
  { name: "conditional autoencoder, conditional VAE", changes: models.map((model) => ({ model, conditional: true })) },
  { name: "convolutional autoencoder, convolutional VAE", changes: models.map((model) => ({ ...CONVOLUTIONAL, model })) },
  { name: "convolutional and conditional", changes: models.map((model) => ({ ...CONVOLUTIONAL, model, conditional: true })) },
  { name: "Bernoulli likelihood on binarised images", changes: [{ reconstruction: "bernoulli" }] },
  { name: "Gaussian likelihood, squared error", changes: [{ reconstruction: "gaussian" }, { reconstruction: "mse" }] },
  {
    name: "points of a plane or of space",
    changes: [
      { ...POINTS, data: "moons" },
      { ...POINTS, data: "swissroll", model: "ae" },
    ],
  },
  {
    name: "the mistakes of the sources, as written",
    changes: [{ headActivation: "relu" }, { model: "ae", mistake: "detached-kl" }, { model: "ae", mistake: "code-mean" }],
  },
  { name: "GAN, dense", changes: [{ model: "gan" }] },
  { name: "GAN, convolutional", changes: [{ ...CONVOLUTIONAL, model: "gan" }] },
];

const COLUMNS: readonly { readonly title: string; readonly engine: EngineName; readonly backend: BackendName }[] = [
  { title: "compiled, WebGPU", engine: "compiled", backend: "webgpu" },
  { title: "TensorFlow.js, WebGPU", engine: "tfjs", backend: "webgpu" },
  { title: "TensorFlow.js, WebAssembly", engine: "tfjs", backend: "wasm" },
  { title: "TensorFlow.js, plain JavaScript", engine: "tfjs", backend: "cpu" },
];

/** In columns of even width, as Prettier writes it. */
export function familiesTable(): string {
  const cells = [
    ["", ...COLUMNS.map(({ title }) => title)],
    ...ROWS.map(({ name, changes }) => {
      const configs = changes.map((change): RunConfig => ({ ...DEFAULT_CONFIG, ...change }));
      return [name, ...COLUMNS.map(({ engine, backend }) => (configs.every((config) => canRun(config, engine, backend)) ? "yes" : "no"))];
    }),
  ];
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  const line = (row: readonly string[], filler = " ") => `| ${row.map((cell, i) => cell.padEnd(widths[i]!, filler)).join(" | ")} |`;
  const [head, ...rows] = cells;
  return [
    line(head!),
    line(
      Array.from(head!, () => ""),
      "-",
    ),
    ...rows.map((row) => line(row)),
  ].join("\n");
}

/** The block between the markers. @throws RangeError where a marker is missing */
export function familiesBlock(readme: string): string {
  const { start, end } = blockOf(readme);
  return readme.slice(start, end).trim();
}

function blockOf(readme: string): { readonly start: number; readonly end: number } {
  const start = readme.indexOf(START);
  const end = readme.indexOf(END);
  if (start < 0 || end < start) throw new RangeError(`families: ${README} has no ${START} before ${END}`);
  return { start: start + START.length, end };
}

export async function main(args: string[]): Promise<number> {
  const table = familiesTable();
  console.log(table);
  if (!args.includes("--write")) return 0;
  const readme = await readFile(README, "utf8");
  const { start, end } = blockOf(readme);
  await writeFile(README, `${readme.slice(0, start)}\n\n${table}\n\n${readme.slice(end)}`);
  return 0;
}
