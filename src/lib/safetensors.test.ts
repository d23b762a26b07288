import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MAX_HEADER_BYTES, SafetensorsError, formatSafetensors, parseSafetensors, type SafetensorsFile } from "./safetensors";

function fileOf(header: string, data: ArrayLike<number> = []): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

const problemOf = (bytes: Uint8Array): SafetensorsError | SafetensorsFile => {
  try {
    return parseSafetensors(bytes);
  } catch (error) {
    if (error instanceof SafetensorsError) return error;
    throw error;
  }
};
const codeOf = (bytes: Uint8Array) => {
  const answer = problemOf(bytes);
  return answer instanceof SafetensorsError ? answer.code : answer;
};

const tensor = fc
  .array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 })
  .chain((shape) =>
    fc
      .array(fc.float(), { minLength: shape.reduce((a, b) => a * b, 1), maxLength: shape.reduce((a, b) => a * b, 1) })
      .map((values) => ({ shape, values: new Float32Array(values) })),
  );
const name = fc
  .oneof(fc.string(), fc.constantFrom("__proto__", "constructor", "fc1.weight", "名", '"', "\\"))
  .filter((text) => text !== "__metadata__");
const tensors = fc.uniqueArray(fc.tuple(name, tensor), { selector: ([key]) => key, maxLength: 5 }).map((entries) => new Map(entries));
const metadata = fc.dictionary(fc.oneof(fc.string(), fc.constant("__proto__")), fc.string(), { noNullPrototype: false, maxKeys: 3 });
const smallFile = () =>
  formatSafetensors(new Map([["fc1.weight", { shape: [2, 3], values: new Float32Array([1, 2, 3, 4, 5, 6]) }]]), { step: "7" });

describe("what is written is read again", () => {
  test("any tensors, any names, any metadata", () => {
    fc.assert(
      fc.property(tensors, metadata, (given, words) => {
        const read = parseSafetensors(formatSafetensors(given, words));
        // Maps keep order, JSON objects put whole numbers first: names as a set, values by name.
        expect(new Set(read.tensors.keys())).toEqual(new Set(given.keys()));
        for (const [key, { shape, values }] of given) expect(read.tensors.get(key)).toEqual({ dtype: "F32", shape, values });
        expect(Object.entries(read.metadata)).toEqual(Object.entries(words));
      }),
    );
  });

  test("the numbers lie where safetensors' own example has them", () => {
    const bytes = smallFile();
    const headerLength = new DataView(bytes.buffer).getUint32(0, true);
    expect((8 + headerLength) % 8).toBe(0);
    expect(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerLength)))).toEqual({
      __metadata__: { step: "7" },
      "fc1.weight": { dtype: "F32", shape: [2, 3], data_offsets: [0, 24] },
    });
    expect([...new Float32Array(bytes.slice(8 + headerLength).buffer)]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test("in half precision, beside a tensor in single precision", () => {
    const values = new Float32Array([1, -0.5, 65_504, 2 ** -24, 0.1]);
    const bytes = formatSafetensors(
      new Map([
        ["a", { shape: [5], values, isHalf: true }],
        ["b", { shape: [5], values }],
      ]),
    );
    const { tensors: read } = parseSafetensors(bytes);
    expect(read.get("a")).toEqual({ dtype: "F16", shape: [5], values: new Float32Array([1, -0.5, 65_504, 2 ** -24, 0.0999755859375]) });
    expect(read.get("b")).toEqual({ dtype: "F32", shape: [5], values });
  });

  test("a view into a larger buffer is read as itself", () => {
    const bytes = smallFile();
    const within = new Uint8Array(bytes.length + 20);
    within.set(bytes, 3);
    expect([...parseSafetensors(within.subarray(3, 3 + bytes.length)).tensors.get("fc1.weight")!.values]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test("what cannot be written is refused", () => {
    expect(() => formatSafetensors(new Map([["a", { shape: [2], values: new Float32Array(3) }]]))).toThrow(RangeError);
    expect(() => formatSafetensors(new Map([["__metadata__", { shape: [1], values: new Float32Array(1) }]]))).toThrow(RangeError);
  });
});

const readWords = (dtype: string, words: readonly number[]) => {
  const header = JSON.stringify({ a: { dtype, shape: [words.length], data_offsets: [0, 2 * words.length] } });
  return [...parseSafetensors(fileOf(header, new Uint8Array(new Uint16Array(words).buffer))).tensors.get("a")!.values];
};

describe("half floats", () => {
  // Known answers: numpy.array(x, "float16").view("uint16").
  test("binary16", () => {
    expect(readWords("F16", [0x3c00, 0xc000, 0x7bff, 0x0001, 0x8400, 0x3555, 0x0000, 0x7c00, 0xfc00])).toEqual([
      1,
      -2,
      65504,
      2 ** -24,
      -(2 ** -14),
      0.333251953125,
      0,
      Infinity,
      -Infinity,
    ]);
    expect(readWords("F16", [0x7e00])).toEqual([NaN]);
  });

  test("bfloat16 is the upper half of a float32", () => {
    expect(readWords("BF16", [0x3f80, 0xc000, 0x3eab, 0x7f80])).toEqual([1, -2, 0.333984375, Infinity]);
  });
});

const entry = (change: object) => JSON.stringify({ a: { dtype: "F32", shape: [1], data_offsets: [0, 4], ...change } });

describe("what is not a file is named", () => {
  const four = [0, 0, 0, 0];

  test.each([
    ["truncated", new Uint8Array(7)],
    ["header-length", new Uint8Array(8)],
    ["header-length", Uint8Array.from([255, 255, 255, 255, 255, 255, 255, 255])],
    ["truncated", Uint8Array.from([100, 0, 0, 0, 0, 0, 0, 0, 123])],
    ["header-json", fileOf("{]")],
    ["header-json", fileOf("[]")],
    ["header-json", fileOf("null")],
    ["header-json", fileOf(`"ab"`)],
    ["header-json", Uint8Array.from([2, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xfe])],
    ["header-json", fileOf(`\ufeff{}`)],
    ["entry", fileOf(`{"a":1}`)],
    ["entry", fileOf(`{"a":null}`)],
    ["entry", fileOf(entry({ more: 1 }), four)],
    ["entry", fileOf(`{"__proto__":{"dtype":"F32"}}`)],
    ["dtype", fileOf(entry({ dtype: "F64" }), four)],
    ["dtype", fileOf(entry({ dtype: "toString" }), four)],
    ["dtype", fileOf(entry({ dtype: ["F32"] }), four)],
    ["dtype", fileOf(entry({ dtype: { toString: 1 } }), four)],
    ["dtype", fileOf(`{"a":{"dtype":${"[".repeat(1e5)}${"]".repeat(1e5)},"shape":[1],"data_offsets":[0,4]}}`, four)],
    ["shape", fileOf(entry({ shape: [-1] }), four)],
    ["shape", fileOf(entry({ shape: [0.5] }), four)],
    ["shape", fileOf(entry({ shape: "1" }), four)],
    ["shape", fileOf(entry({ shape: [2 ** 40, 2 ** 40] }), four)],
    ["shape", fileOf(entry({ shape: [1e308, 1e308] }), four)],
    ["offsets", fileOf(entry({ shape: [2] }), four)],
    ["offsets", fileOf(entry({ data_offsets: [4, 0] }), four)],
    ["offsets", fileOf(entry({ data_offsets: [4, 8] }), [...four, ...four])],
    ["offsets", fileOf(entry({ data_offsets: [0, 4, 4] }), four)],
    ["offsets", fileOf(entry({}), [...four, 0])],
    ["truncated", fileOf(entry({}), [0, 0, 0])],
    ["metadata", fileOf(`{"__metadata__":{"a":1}}`)],
    ["metadata", fileOf(`{"__metadata__":"a"}`)],
    ["duplicate-name", fileOf(`{"__metadata__":{"a":"1","\\u0061":"2"}}`)],
    [
      "duplicate-name",
      fileOf(`{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}`, four),
    ],
  ])("%s", (code, bytes) => expect(codeOf(bytes)).toBe(code));

  test("tensors may not overlap", () => {
    const both = { dtype: "F32", shape: [1], data_offsets: [0, 4] };
    expect(codeOf(fileOf(JSON.stringify({ a: both, b: both }), four))).toBe("offsets");
  });

  test("the error names the tensor", () => {
    expect(problemOf(fileOf(entry({ dtype: "I64" }), four))).toMatchObject({ code: "dtype", tensor: "a" });
  });

  test("a header at the limit is read in no time, however deep", () => {
    const deep = "[".repeat(MAX_HEADER_BYTES);
    expect(codeOf(fileOf(deep))).toBe("header-json");
    const half = MAX_HEADER_BYTES / 2 - 8;
    expect(codeOf(fileOf(`{"a":${"[".repeat(half)}${"]".repeat(half)}}`))).toBe("entry");
    expect(codeOf(fileOf(`{"${"\\\\".repeat(half)}":1}`))).toBe("entry");
    expect(codeOf(fileOf(`{"${"a".repeat(2 * half)}":1}`))).toBe("entry");
  });
});

/** Anything else would have been thrown by `problemOf`; no file is larger than its bytes. */
const isAnswered = (bytes: Uint8Array): boolean => {
  const answer = problemOf(bytes);
  if (answer instanceof SafetensorsError) return true;
  const sizes = [...answer.tensors.values()].map(({ shape, values }) => [values.length, shape.reduce((a, b) => a * b, 1)] as const);
  return sizes.every(([held, said]) => held === said) && sizes.reduce((sum, [held]) => sum + 2 * held, 0) <= bytes.length;
};

describe("whatever the bytes, an answer: a file or a named problem", () => {
  test("any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(isAnswered(bytes)).toBe(true);
      }),
    );
  });

  test("any JSON", () => {
    fc.assert(
      fc.property(fc.json(), fc.uint8Array({ maxLength: 20 }), (header, data) => {
        expect(isAnswered(fileOf(header, data))).toBe(true);
      }),
    );
  });

  test("a file cut anywhere is never taken for a file", () => {
    const bytes = smallFile();
    for (let length = 0; length < bytes.length; length++) expect(problemOf(bytes.slice(0, length))).toBeInstanceOf(SafetensorsError);
  });

  test("any one bit flipped, any one byte changed", () => {
    const bytes = smallFile();
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      const flipped = bytes.slice();
      flipped[bit >>> 3]! ^= 1 << (bit & 7);
      expect(isAnswered(flipped)).toBe(true);
    }
    const place = fc.integer({ min: 0, max: bytes.length - 1 });
    fc.assert(
      fc.property(place, fc.integer({ min: 0, max: 255 }), (at, byte) => {
        expect(isAnswered(bytes.with(at, byte))).toBe(true);
      }),
    );
  });
});
