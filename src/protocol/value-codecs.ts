/**
 * Single values of an address: to text, and back from whatever text there is.
 *
 * Reading never throws: it gives the nearest value that can be had, or null where
 * there is none. Knows no key and no default.
 */
import { clamp } from "../lib/clamp";
import {
  ACTIVATIONS,
  isConvLayer,
  KERNEL_SIZES,
  RANGES,
  STRIDES,
  type Activation,
  type ConvLayer,
  type DenseLayer,
  type HiddenLayer,
} from "./run-config";

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

/** `1` or `0`; words are let pass. */
export const yesOrNo: ValueCodec<boolean> = {
  write: (value) => (value ? "1" : "0"),
  read(text) {
    const given = tidy(text);
    if (["1", "true", "yes"].includes(given)) return { value: true, isExact: true };
    return ["0", "false", "no"].includes(given) ? { value: false, isExact: true } : null;
  },
};

/** The nearest of a few numbers. */
function nearest<const T extends number>(choices: readonly T[]): ValueCodec<T> {
  return {
    write: String,
    read(text) {
      const given = readDecimal(text);
      if (given === null) return null;
      const value = choices.reduce((best, next) => (Math.abs(next - given) < Math.abs(best - given) ? next : best));
      return { value, isExact: value === given };
    },
  };
}

/**
 * Hidden layers in data order: `128,64:tanh,32`; no activation is `relu`, no layer is `none` or empty. A convolution is
 * `c32k4s1:tanh`: filters, kernel, stride; without `k` the kernel is 3, without `s` the stride is 2.
 */
export const hiddenLayers: ValueCodec<readonly HiddenLayer[]> = {
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

const DEFAULT_KERNEL = 3;
const DEFAULT_STRIDE = 2;

function writeLayer(layer: HiddenLayer): string {
  const shape = isConvLayer(layer) ? writeConv(layer) : String(layer.units);
  return layer.activation === "relu" ? shape : `${shape}:${layer.activation}`;
}

function writeConv({ filters, kernel, stride }: ConvLayer): string {
  return `c${filters}${kernel === DEFAULT_KERNEL ? "" : `k${kernel}`}${stride === DEFAULT_STRIDE ? "" : `s${stride}`}`;
}

const layerUnits = whole({ min: 0, max: RANGES.units.max });
const layerFilters = whole({ min: 0, max: RANGES.filters.max });
const layerKernel = nearest(KERNEL_SIZES);
const layerStride = nearest(STRIDES);
const layerActivation = choice(ACTIVATIONS);

/** Null for what is no layer: no number, or no units. */
function readLayer(text: string): Reading<HiddenLayer> | null {
  const [shapeText = "", activationText, ...rest] = text.split(":");
  const activation = readOr(layerActivation, activationText, "relu");
  const layer = readShape(tidy(shapeText), activation.value);
  return layer && { value: layer.value, isExact: layer.isExact && activation.isExact && rest.length === 0 };
}

function readShape(text: string, activation: Activation): Reading<HiddenLayer> | null {
  const conv = CONV.exec(text);
  if (conv === null) {
    const units = layerUnits.read(text);
    return units && sized({ units: units.value, activation }, units);
  }
  const filters = layerFilters.read(conv[1]!);
  if (filters === null) return null;
  const kernel = readOr(layerKernel, conv[2], DEFAULT_KERNEL);
  const stride = readOr(layerStride, conv[3], DEFAULT_STRIDE);
  return sized({ filters: filters.value, kernel: kernel.value, stride: stride.value, activation }, filters, kernel, stride);
}

/** Filters, kernel, stride. */
const CONV = /^c([^ks]*)(?:k([^s]*))?(?:s(.*))?$/;

/** Null without units. @param parts what it was read from, units first */
function sized(value: DenseLayer | ConvLayer, ...parts: readonly Reading<number>[]): Reading<HiddenLayer> | null {
  return parts[0]!.value === 0 ? null : { value, isExact: parts.every(({ isExact }) => isExact) };
}

/** `missing` where there is no text, and in place of one that cannot be read. */
function readOr<T>(codec: ValueCodec<T>, text: string | undefined, missing: T): Reading<T> {
  if (text === undefined) return { value: missing, isExact: true };
  return codec.read(text) ?? { value: missing, isExact: false };
}

function readDecimal(text: string): number | null {
  const tidied = tidy(text);
  return DECIMAL.test(tidied) ? Number(tidied) + 0 : null; // + 0 makes −0 a 0
}

function tidy(text: string): string {
  return text.trim().toLowerCase();
}
