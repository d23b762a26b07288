import { expect, test, vi } from "vitest";
import { nextTask } from "../lib/next-task";
import { encodeGif, type GifFrame } from "./gif";

interface ReadFrame {
  readonly width: number;
  readonly height: number;
  readonly delayHundredths: number;
  /** `[height, width]`, red, green and blue of each. */
  readonly colours: readonly (readonly [number, number, number])[];
}

interface ReadGif {
  readonly width: number;
  readonly height: number;
  /** Of the loop extension; 0: for ever. Null without one. */
  readonly loops: number | null;
  readonly frames: readonly ReadFrame[];
}

/** A reader written from the specification (GIF89a, CompuServe 1990), by other means than the encoder. */
function readGif(bytes: Uint8Array): ReadGif {
  let at = 0;
  const byte = () => bytes[at++]!;
  const short = () => byte() + 256 * byte();
  const text = (length: number) => Array.from({ length }, () => String.fromCharCode(byte())).join("");
  const table = (flags: number) => {
    const size = (flags & 0x80) === 0 ? 0 : 2 << (flags & 7);
    return Array.from({ length: size }, () => [byte(), byte(), byte()] as const);
  };
  const blocks = () => {
    const data: number[] = [];
    for (let size = byte(); size > 0; size = byte()) for (let i = 0; i < size; i++) data.push(byte());
    return data;
  };

  expect(text(6)).toBe("GIF89a");
  const [width, height, flags] = [short(), short(), byte()];
  at += 2; // background, aspect
  const shared = table(flags);
  const frames: ReadFrame[] = [];
  let loops: number | null = null;
  let delayHundredths = 0;
  for (let kind = byte(); kind !== 0x3b; kind = byte()) {
    if (kind === 0x21) {
      const label = byte();
      const data = blocks();
      if (label === 0xf9) delayHundredths = data[1]! + 256 * data[2]!;
      if (label === 0xff) loops = data[12]! + 256 * data[13]!;
      continue;
    }
    expect(kind).toBe(0x2c);
    expect([short(), short()]).toEqual([0, 0]);
    const [w, h, own] = [short(), short(), byte()];
    const local = table(own);
    const colours = local.length > 0 ? local : shared;
    frames.push({ width: w, height: h, delayHundredths, colours: unpack(byte(), blocks()).map((index) => colours[index]!) });
  }
  expect(at).toBe(bytes.length);
  return { width, height, loops, frames };
}

/** LZW with codes of variable length (appendix F of the specification). */
function unpack(rootBits: number, data: readonly number[]): number[] {
  const clear = 1 << rootBits;
  const fresh = () => Array.from({ length: clear + 2 }, (_, i) => (i < clear ? [i] : []));
  let words = fresh();
  let bits = rootBits + 1;
  let before: readonly number[] | null = null;
  const out: number[] = [];
  for (let position = 0; ; position += bits, bits = Math.min(12, Math.max(rootBits + 1, Math.floor(Math.log2(words.length)) + 1))) {
    let code = 0;
    for (let b = 0; b < bits; b++) code |= ((data[(position + b) >> 3]! >> ((position + b) & 7)) & 1) << b;
    if (code === clear + 1) return out;
    if (code === clear) {
      words = fresh();
      before = null;
      position += bits;
      bits = rootBits + 1;
      position -= bits; // the loop adds the new length
      continue;
    }
    const word: readonly number[] = words[code] ?? [...before!, before![0]!];
    out.push(...word);
    if (before !== null && words.length < 4096) words.push([...before, word[0]!]);
    before = word;
  }
}

function frame(colours: readonly (readonly [number, number, number])[], delayMs = 100): GifFrame {
  return { pixels: Uint8ClampedArray.from(colours.flatMap((colour) => [...colour, 255])), delayMs };
}

test("a film of greys is read back to the bit, at its size, pace and without end", async () => {
  const greys = Array.from({ length: 256 }, (_, i) => [i, i, i] as const);
  const second = greys.toReversed();
  const onDone = vi.fn<(done: number) => void>();
  const read = readGif(await encodeGif([frame(greys, 250), frame(second, 40)], { width: 32, height: 8 }, onDone));

  expect(read).toMatchObject({ width: 32, height: 8, loops: 0 });
  expect(read.frames.map((each) => [each.width, each.height, each.delayHundredths])).toEqual([
    [32, 8, 25],
    [32, 8, 4],
  ]);
  expect(read.frames[0]!.colours).toEqual(greys);
  expect(read.frames[1]!.colours).toEqual(second);
  expect(onDone.mock.calls).toEqual([[1], [2]]);
});

test("a later frame brings colours of its own", async () => {
  const [first, second] = [[[10, 20, 30] as const], [[200, 100, 50] as const]];
  const read = readGif(await encodeGif([frame(first), frame(second), frame(first)], { width: 1, height: 1 }));
  expect(read.frames.map((each) => each.colours[0])).toEqual([
    [10, 20, 30],
    [200, 100, 50],
    [10, 20, 30],
  ]);
});

test("more colours than a palette holds are brought near, none far off", async () => {
  // 32 × 32 places of a smooth field of colours.
  const colours = Array.from({ length: 1024 }, (_, i) => [8 * (i % 32), 8 * Math.floor(i / 32), 128] as const);
  const read = readGif(await encodeGif([frame(colours)], { width: 32, height: 32 }));
  const distances = read.frames[0]!.colours.map((colour, i) => Math.hypot(...colour.map((channel, c) => channel - colours[i]![c]!)));
  // 256 colours for a square of 248 × 248 stand 16 apart, so the mean miss is about 6, and the worst a few times that.
  expect(distances.reduce((sum, each) => sum + each, 0) / 1024).toBeLessThan(10);
  expect(Math.max(...distances)).toBeLessThan(40);
});

test("a second of film lasts a second, however its frames fall on hundredths", async () => {
  const film = Array.from({ length: 30 }, () => frame([[0, 0, 0]], 1000 / 30));
  const read = readGif(await encodeGif(film, { width: 1, height: 1 }));
  const total = read.frames.reduce((sum, each) => sum + each.delayHundredths, 0);
  expect(Math.abs(total - 100)).toBeLessThanOrEqual(1);
  const fast = readGif(await encodeGif([frame([[0, 0, 0]], 1)], { width: 1, height: 1 }));
  expect(fast.frames[0]!.delayHundredths).toBe(2);
});

test("waiting tasks get in between two frames", async () => {
  const heard: string[] = [];
  void nextTask().then(() => heard.push("task"));
  function* slow() {
    for (let i = 0; i < 3; i++) {
      heard.push(`frame ${i}`);
      for (const start = performance.now(); performance.now() - start < 5;);
      yield frame([[i, i, i]]);
    }
  }
  await encodeGif(slow(), { width: 1, height: 1 });
  expect(heard).toEqual(["frame 0", "task", "frame 1", "frame 2"]);
});

test("a frame of another size, and no frame at all, are refused", async () => {
  await expect(encodeGif([frame([[0, 0, 0]])], { width: 2, height: 1 })).rejects.toThrow("frame 0 holds 4 bytes, 2 × 1 RGBA are 8");
  await expect(encodeGif([], { width: 2, height: 1 })).rejects.toThrow("0 frames");
});
