/** What the command lines of both benchmarks say, checked. */
import { parseArgs } from "node:util";
import { BACKENDS, ENGINES, type BenchBackend, type EngineId } from "./engines/peer";
import { MODELS, type ModelName } from "./models";
import type { Combination } from "./rows";

export const PARTS = ["steps", "growth", "app", "first-step", "opening", "map", "survey", "memory", "size"] as const;
export type Part = (typeof PARTS)[number];

export const BATCHES = [32, 128, 512] as const;

export interface Selection {
  readonly models: readonly ModelName[];
  readonly batches: readonly number[];
  readonly engines: readonly EngineId[];
  readonly backends: readonly BenchBackend[];
  /** Time for the rounds of each combination. */
  readonly seconds: number;
  readonly out: string;
}

export interface BrowserOptions extends Selection {
  readonly parts: readonly Part[];
}

const SELECTION = {
  models: { type: "string" },
  batches: { type: "string" },
  engines: { type: "string" },
  backends: { type: "string" },
  seconds: { type: "string", default: "6" },
} as const;

/** All parts, or only the steps once the models or batches are named. @throws RangeError on a name that there is not */
export function readBrowserOptions(args: string[]): BrowserOptions {
  const { values } = parseArgs({
    args,
    options: { ...SELECTION, parts: { type: "string" }, out: { type: "string", default: "bench/results/latest.json" } },
  });
  const isNarrowed = values.models !== undefined || values.batches !== undefined;
  const parts = values.parts === undefined && isNarrowed ? (["steps"] as const) : listOf("parts", values.parts, PARTS);
  return { ...readSelection(values), out: values.out, parts };
}

export interface NodeOptions extends Selection {
  /** Folder to write a bundle to, instead of measuring. */
  readonly bundle: string | null;
  /** JSON files whose rows stand in the table beside those measured. */
  readonly beside: readonly string[];
}

/** The compiled trainer alone unless others are named. @throws RangeError on a name that there is not */
export function readNodeOptions(args: string[]): NodeOptions {
  const { values } = parseArgs({
    args,
    options: {
      ...SELECTION,
      engines: { type: "string", default: "compiled" },
      backends: { type: "string", default: "webgpu" },
      out: { type: "string", default: "bench/results/node.json" },
      bundle: { type: "string" },
      beside: { type: "string" },
    },
  });
  const beside = values.beside?.split(",") ?? [];
  return { ...readSelection(values), out: values.out, bundle: values.bundle ?? null, beside };
}

function readSelection(values: {
  readonly models?: string | undefined;
  readonly batches?: string | undefined;
  readonly engines?: string | undefined;
  readonly backends?: string | undefined;
  readonly seconds: string;
}): Omit<Selection, "out"> {
  return {
    models: listOf("models", values.models, MODELS),
    batches: values.batches === undefined ? BATCHES : values.batches.split(",").map((text) => positive("batches", text)),
    engines: listOf("engines", values.engines, ENGINES),
    backends: listOf("backends", values.backends, BACKENDS),
    seconds: positive("seconds", values.seconds),
  };
}

function listOf<Name extends string>(option: string, text: string | undefined, names: readonly Name[]): readonly Name[] {
  if (text === undefined) return names;
  return text.split(",").map((given) => {
    const name = names.find((candidate) => candidate === given);
    if (name === undefined) throw new RangeError(`--${option}: no ${given}; there are ${names.join(", ")}`);
    return name;
  });
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new RangeError(`--${option}: ${text} is not a number above 0`);
  return value;
}

/** Measured side by side: all engines and backends of one model and batch size. The compiled trainer knows WebGPU alone. */
export function groupsOf({ models, batches, engines, backends }: Selection): Combination[][] {
  return models.flatMap((model) => batches.map((batch) => withEngines({ engines, backends }, { model, batch, width: null })));
}

const GROWTH = { widths: [100, 200, 400, 800, 1_600], batches: [32, 64, 128, 256, 512] } as const;
/** The other size while one grows. */
const AT = { width: 400, batch: 128 } as const;

/** The dense model as its width grows and as the batch grows, on WebGPU. Plain TensorFlow.js would take minutes, and tells nothing more. */
export function growthGroups({ engines }: Selection): Combination[][] {
  const grown = engines.filter((engine) => engine !== "plain-tfjs");
  const sizes = [
    ...GROWTH.widths.map((width) => ({ width, batch: AT.batch })),
    ...GROWTH.batches.filter((batch) => batch !== AT.batch).map((batch) => ({ width: AT.width, batch })),
  ];
  return sizes.map((size) => withEngines({ engines: grown, backends: ["webgpu"] }, { model: "dense", ...size }));
}

function withEngines(
  { engines, backends }: Pick<Selection, "engines" | "backends">,
  size: Pick<Combination, "model" | "batch" | "width">,
): Combination[] {
  return backends.flatMap((backend) =>
    engines.filter((engine) => backend === "webgpu" || engine !== "compiled").map((engine) => ({ engine, backend, ...size })),
  );
}
