/**
 * Single values of an address: to text, and back from whatever text there is.
 *
 * Reading never throws: it gives the nearest value that can be had, or null where
 * there is none. Knows no key and no default.
 */
import { clamp } from "../lib/clamp";
import { ACTIVATIONS, RANGES, type DenseLayer } from "./run-config";

export interface ValueCodec<T> {
  write(value: T): string;
  read(text: string): Reading<T> | null;
}

export interface Reading<T> {
  readonly value: T;
  /** Whether the text says just this value; else it was mended. */
  readonly isExact: boolean;
}

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** Decimal notation with an optional exponent: no hexadecimal, no "Infinity", no empty text. */
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/;

/** One of a list; capitals are let pass. */
export function choice<const T extends string>(choices: readonly T[]): ValueCodec<T> {
  return {
    write: (value) => value,
    read(text) {
      const wanted = tidy(text);
      const value = choices.find((known) => known === wanted);
      return value === undefined ? null : { value, isExact: true };
    },
  };
}

export function real({ min, max }: Range): ValueCodec<number> {
  return {
    write: String,
    read(text) {
      const given = readDecimal(text);
      if (given === null) return null;
      const value = clamp(given, min, max);
      return { value, isExact: value === given };
    },
  };
}

export function whole({ min, max }: Range): ValueCodec<number> {
  return {
    write: String,
    read(text) {
      const given = readDecimal(text);
      if (given === null) return null;
      const value = clamp(Math.round(given), min, max);
      return { value, isExact: value === given };
    },
  };
}

/** As `codec`, and empty for null. */
export function orNothing<T>(codec: ValueCodec<T>): ValueCodec<T | null> {
  return {
    write: (value) => (value === null ? "" : codec.write(value)),
    read: (text) => (tidy(text) === "" ? { value: null, isExact: true } : codec.read(text)),
  };
}

/** Hidden layers in data order: `128,64:tanh,32`; no activation is `relu`, no layer is `none` or empty. */
export const denseLayers: ValueCodec<readonly DenseLayer[]> = {
  write: (layers) => layers.map(writeLayer).join(",") || "none",
  read(text) {
    const given = tidy(text);
    if (given === "none" || given === "") return { value: [], isExact: true };
    const read = given.split(",").map(readLayer);
    const value = read.flatMap((layer) => (layer === null ? [] : [layer.value])).slice(0, RANGES.layers.max);
    if (value.length === 0 && !/\d/.test(given)) return null;
    return { value, isExact: value.length === read.length && read.every((layer) => layer?.isExact === true) };
  },
};

function writeLayer({ units, activation }: DenseLayer): string {
  return activation === "relu" ? String(units) : `${units}:${activation}`;
}

const layerUnits = whole({ min: 0, max: RANGES.units.max });
const layerActivation = choice(ACTIVATIONS);

/** Null for what is no layer: no number, or no units. */
function readLayer(text: string): Reading<DenseLayer> | null {
  const [unitsText = "", activationText, ...rest] = text.split(":");
  const units = layerUnits.read(unitsText);
  if (units === null || units.value === 0) return null;
  const activation = activationText === undefined ? { value: "relu" as const, isExact: true } : layerActivation.read(activationText);
  return {
    value: { units: units.value, activation: activation?.value ?? "relu" },
    isExact: units.isExact && activation !== null && rest.length === 0,
  };
}

function readDecimal(text: string): number | null {
  const tidied = tidy(text);
  return DECIMAL.test(tidied) ? Number(tidied) + 0 : null; // + 0 makes −0 a 0
}

function tidy(text: string): string {
  return text.trim().toLowerCase();
}
