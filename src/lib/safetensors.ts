/**
 * Reads and writes safetensors, the file that PyTorch's world keeps weights in: 8 bytes
 * of header length, a JSON header that says dtype, shape and place of every tensor,
 * then the numbers, little-endian, without gaps.
 *
 * Trusts nothing it reads: whatever the bytes are, the answer is a whole file or a
 * `SafetensorsError`, in time and memory bounded by their number. Does not ask whether
 * numbers are finite, nor what a tensor is for.
 *
 * Source: https://github.com/huggingface/safetensors, README, "Format".
 */
import { fromHalf, toHalf } from "./half";

/** Bytes of one element. */
const WIDTHS = { F32: 4, F16: 2, BF16: 2 } as const;
export type SafetensorsDtype = keyof typeof WIDTHS;

export interface SafetensorsTensor {
  /** As in the file; `values` are float32 whatever it is. */
  readonly dtype: SafetensorsDtype;
  /** Row by row; empty for a single number. */
  readonly shape: readonly number[];
  readonly values: Float32Array<ArrayBuffer>;
}

export interface SafetensorsFile {
  /** In the order of the header. */
  readonly tensors: ReadonlyMap<string, SafetensorsTensor>;
  /** Without a prototype, so that no name finds what the file does not say. */
  readonly metadata: Readonly<Record<string, string>>;
}

export const SAFETENSORS_PROBLEMS = [
  /** Fewer bytes than the header is said to need, or than a header length needs. */
  "truncated",
  /** A header of no plausible length. */
  "header-length",
  /** A header that is no JSON object in UTF-8. */
  "header-json",
  /** A name given twice in one object. */
  "duplicate-name",
  "metadata",
  /** A tensor's entry that holds anything but dtype, shape and data_offsets. */
  "entry",
  "dtype",
  "shape",
  /** Places that do not follow from dtype and shape, overlap, leave gaps, or do not end where the file does. */
  "offsets",
] as const;
export type SafetensorsProblem = (typeof SAFETENSORS_PROBLEMS)[number];

export class SafetensorsError extends Error {
  override readonly name = "SafetensorsError";
  readonly code: SafetensorsProblem;
  /** Of the entry to blame, as the file has it: data, not markup; empty where none is. */
  readonly tensor: string;

  constructor(code: SafetensorsProblem, message: string, tensor = "") {
    super(message);
    this.code = code;
    this.tensor = tensor;
  }
}

const LENGTH_BYTES = 8;
/** A header of 10 000 tensors; the format's own limit of 100 MB is beyond what a page should parse. */
export const MAX_HEADER_BYTES = 1 << 20;
const METADATA = "__metadata__";

/** @throws SafetensorsError when the bytes are anything but one whole file. */
export function parseSafetensors(bytes: Uint8Array): SafetensorsFile {
  const { entries, dataStart } = readHeader(bytes);
  const tensors = new Map<string, SafetensorsTensor>();
  const places: Place[] = [];
  let metadata: Record<string, string> = Object.create(null);
  for (const [name, entry] of entries) {
    if (name === METADATA) metadata = readMetadata(entry);
    else places.push(readEntry(name, entry));
  }
  checkPlaces(places, bytes.length - dataStart);
  for (const { name, dtype, shape, begin, end } of places) {
    tensors.set(name, { dtype, shape, values: readValues(dtype, bytes.slice(dataStart + begin, dataStart + end)) });
  }
  return { tensors, metadata };
}

/** A tensor to be written: as F32, or where it says so rounded to F16. */
export interface TensorToWrite extends Pick<SafetensorsTensor, "shape" | "values"> {
  readonly isHalf?: boolean;
}

/** @param tensors row by row, written in the order of the map */
export function formatSafetensors(
  tensors: ReadonlyMap<string, TensorToWrite>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  let end = 0;
  const entries: [string, unknown][] = Object.keys(metadata).length === 0 ? [] : [[METADATA, metadata]];
  for (const [name, { shape, values, isHalf = false }] of tensors) {
    const dtype = isHalf ? "F16" : "F32";
    if (name === METADATA || sizeOf(shape) !== values.length) {
      throw new RangeError(`formatSafetensors: ${name} holds ${values.length} numbers and is said to be [${shape.join(", ")}]`);
    }
    const begin = end;
    end += values.length * WIDTHS[dtype];
    entries.push([name, { dtype, shape, data_offsets: [begin, end] }]);
  }
  const header = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const dataStart = Math.ceil((LENGTH_BYTES + header.length) / LENGTH_BYTES) * LENGTH_BYTES; // so that numbers lie aligned
  const bytes = new Uint8Array(dataStart + end);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, dataStart - LENGTH_BYTES, true);
  bytes.set(header, LENGTH_BYTES);
  bytes.fill(0x20, LENGTH_BYTES + header.length, dataStart);
  let at = dataStart;
  for (const { values, isHalf } of tensors.values()) {
    if (isHalf) for (const half of toHalf(values)) view.setUint16((at += 2) - 2, half, true);
    else for (let i = 0; i < values.length; i++, at += 4) view.setFloat32(at, values[i]!, true);
  }
  return bytes;
}

function readHeader(bytes: Uint8Array): { entries: [string, unknown][]; dataStart: number } {
  if (bytes.length < LENGTH_BYTES)
    throw new SafetensorsError("truncated", `the file holds ${bytes.length} bytes, its header length needs 8`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(0, true) + view.getUint32(4, true) * 2 ** 32;
  if (length < 2 || length > MAX_HEADER_BYTES) throw new SafetensorsError("header-length", `a header of ${length} bytes`);
  const dataStart = LENGTH_BYTES + length;
  if (bytes.length < dataStart)
    throw new SafetensorsError("truncated", `the file holds ${bytes.length} bytes, its header ends at ${dataStart}`);
  const header = parseJson(bytes.subarray(LENGTH_BYTES, dataStart));
  if (!isObject(header.value)) throw new SafetensorsError("header-json", "the header is no JSON object");
  refuseDuplicates(header.text);
  return { entries: Object.entries(header.value), dataStart };
}

function parseJson(bytes: Uint8Array): { text: string; value: unknown } {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return { text, value: JSON.parse(text) };
  } catch (error) {
    throw new SafetensorsError("header-json", `the header is no JSON: ${error instanceof Error ? error.message : ""}`);
  }
}

/** `JSON.parse` keeps the last of two equal names and says nothing. @param text valid JSON */
function refuseDuplicates(text: string): void {
  const open: Set<string>[] = [];
  for (const [, token, colon] of text.matchAll(/("(?:[^"\\]|\\.)*"|[{}])\s*(:?)/g)) {
    if (token === "{") open.push(new Set());
    else if (token === "}") open.pop();
    else if (colon === ":") {
      const name = JSON.parse(token!) as string;
      const names = open.at(-1)!;
      if (names.has(name)) throw new SafetensorsError("duplicate-name", `${name} stands in the header twice`, name);
      names.add(name);
    }
  }
}

function readMetadata(entry: unknown): Record<string, string> {
  const metadata: Record<string, string> = Object.create(null);
  if (!isObject(entry)) throw new SafetensorsError("metadata", "the metadata are no object");
  for (const [key, text] of Object.entries(entry)) {
    if (typeof text !== "string") throw new SafetensorsError("metadata", `${key} of the metadata is no text`);
    metadata[key] = text;
  }
  return metadata;
}

interface Place {
  readonly name: string;
  readonly dtype: SafetensorsDtype;
  readonly shape: readonly number[];
  /** From the first number of the file, in bytes. */
  readonly begin: number;
  readonly end: number;
}

function readEntry(name: string, entry: unknown): Place {
  if (!isObject(entry) || Object.keys(entry).toSorted().join() !== "data_offsets,dtype,shape") {
    throw new SafetensorsError("entry", `${name} is described by something else than dtype, shape and data_offsets`, name);
  }
  const { dtype, shape, data_offsets: offsets } = entry;
  if (typeof dtype !== "string" || !Object.hasOwn(WIDTHS, dtype)) {
    // Anything but text may be as deep as the header is long, or say that its `toString` is a number: it is not made text of.
    const given = typeof dtype === "string" ? dtype.slice(0, 40) : "of no named kind";
    throw new SafetensorsError("dtype", `${name} is ${given}; F32, F16 and BF16 can be read`, name);
  }
  const known = dtype as SafetensorsDtype;
  if (!isSizes(shape)) throw new SafetensorsError("shape", `the shape of ${name} is no list of whole numbers`, name);
  const size = sizeOf(shape);
  if (!Number.isSafeInteger(size * WIDTHS[known])) throw new SafetensorsError("shape", `${name} is larger than any file`, name);
  if (!isSizes(offsets) || offsets.length !== 2)
    throw new SafetensorsError("offsets", `the place of ${name} is no pair of whole numbers`, name);
  const [begin, end] = offsets as [number, number];
  if (end - begin !== size * WIDTHS[known]) {
    throw new SafetensorsError("offsets", `${name} has room for ${end - begin} bytes, its shape needs ${size * WIDTHS[known]}`, name);
  }
  return { name, dtype: known, shape, begin, end };
}

/** Every byte of the data belongs to one tensor. */
function checkPlaces(places: readonly Place[], dataBytes: number): void {
  let at = 0;
  for (const { name, begin, end } of places.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== at) throw new SafetensorsError("offsets", `${name} begins at ${begin}, what is before it ends at ${at}`, name);
    if (end > dataBytes) throw new SafetensorsError("truncated", `${name} ends at ${end}, the file's data at ${dataBytes}`, name);
    at = end;
  }
  if (at !== dataBytes) throw new SafetensorsError("offsets", `the tensors end at ${at}, the file's data at ${dataBytes}`);
}

/** @param bytes a copy, so that they lie aligned */
function readValues(dtype: SafetensorsDtype, bytes: Uint8Array): Float32Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float32Array(bytes.length / WIDTHS[dtype]);
  if (dtype === "F32") for (let i = 0; i < values.length; i++) values[i] = view.getFloat32(4 * i, true);
  else if (dtype === "F16") return fromHalf(Uint16Array.from(values, (_, i) => view.getUint16(2 * i, true)));
  else {
    const words = new Uint32Array(values.buffer); // a bfloat16 is the upper half of a float32
    for (let i = 0; i < values.length; i++) words[i] = view.getUint16(2 * i, true) << 16;
  }
  return values;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
