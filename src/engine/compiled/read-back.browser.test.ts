/** Readings out of GPU buffers: of the right moment, through few staging buffers, and never hanging. */
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { expectNoGpuErrors, openTestDevice } from "../../testing/gpu-bench";
import { packedImages, ImageStore } from "./image-store";
import { MetricsRing } from "./metrics-ring";
import { lossTermsOf } from "../../protocol/loss-terms";
import { DEFAULT_CONFIG } from "../../protocol/run-config";
import { ReadBack } from "./read-back";

let device: GPUDevice;
beforeAll(async () => {
  device = await openTestDevice();
});
afterEach(() => expectNoGpuErrors(device));
afterAll(() => device.destroy());

const usage = () => GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;

function bufferOf(values: readonly number[], on = device): GPUBuffer {
  const buffer = on.createBuffer({ size: 4 * values.length, usage: usage() });
  on.queue.writeBuffer(buffer, 0, Float32Array.from(values));
  return buffer;
}

const write = (buffer: GPUBuffer, ...values: number[]) => device.queue.writeBuffer(buffer, 0, Float32Array.from(values));
const copied = (parts: readonly Float32Array[]) => parts.map((part) => [...part]);

test("reads stretches of several buffers as they were when asked", async () => {
  const readBack = new ReadBack(device);
  const a = bufferOf([1, 2, 3, 4]);
  const b = bufferOf([5, 6]);
  const reading = readBack.read(
    [
      { buffer: a, offset: 4, bytes: 8 },
      { buffer: b, bytes: 8 },
    ],
    copied,
  );
  write(a, 9, 9, 9, 9);
  expect(await reading).toEqual([
    [2, 3],
    [5, 6],
  ]);
  readBack.dispose();
});

test("what is put aside can be read much later, or dropped", async () => {
  const readBack = new ReadBack(device);
  const a = bufferOf([1]);
  const aside = [1, 2, 3].map((value) => {
    write(a, value);
    const encoder = device.createCommandEncoder();
    const held = readBack.copy(encoder, [{ buffer: a, bytes: 4 }]);
    device.queue.submit([encoder.finish()]);
    return held;
  });
  aside[1]!.drop();
  expect(await aside[2]!.read(copied)).toEqual([[3]]);
  expect(await aside[0]!.read(copied)).toEqual([[1]]);
  readBack.dispose();
});

test("a hundred readings take one staging buffer", async () => {
  const creating = vi.spyOn(device, "createBuffer");
  const readBack = new ReadBack(device);
  const a = bufferOf([1, 2]);
  for (let i = 0; i < 100; i++) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
    await readBack.read([{ buffer: a, bytes: 8 }], copied);
  }
  expect(creating).toHaveBeenCalledTimes(2); // the first is the source
  creating.mockRestore();
  readBack.dispose();
});

test("readings under way reject when all is freed, and when the device is lost; later ones too", async () => {
  const lost = await openTestDevice();
  const readBack = new ReadBack(lost);
  const source = { buffer: bufferOf([1], lost), bytes: 4 };
  const disposed = readBack.read([source], copied);
  readBack.dispose();
  await expect(disposed).rejects.toBeInstanceOf(Error);
  const other = new ReadBack(lost);
  const underWay = other.read([source], copied);
  lost.destroy();
  await expect(underWay).rejects.toBeInstanceOf(Error);
  await expect(other.read([source], copied)).rejects.toBeInstanceOf(Error);
});

/** A ring that the CPU writes as the GPU would: reconstruction s + ½, KL 2 s. */
function ringBench(steps = 8) {
  const readBack = new ReadBack(device);
  const buffer = bufferOf(Array.from({ length: 4 * steps }, () => -1));
  const ring = new MetricsRing(device, readBack, buffer, { steps, bytes: 16 }, lossTermsOf(DEFAULT_CONFIG));
  let done = 0;
  const train = (count: number, beta = 1) => {
    ring.reserve(count);
    for (let i = 0; i < count; i++, done++) {
      device.queue.writeBuffer(buffer, (done % steps) * 16, Float32Array.of(done + 1.5, 2 * (done + 1), 2 * (done + 1), done + 1));
    }
    ring.add(Array.from({ length: count }, () => beta));
  };
  return { ring, readBack, train };
}

test("no step is lost however long nobody asks, and each has the objective of its own β", async () => {
  const { ring, readBack, train } = ringBench();
  for (let i = 0; i < 9; i++) train((i % 4) + 1, i);
  const { step, reconstruction, kl, objective } = await ring.take();
  expect([...step]).toEqual(Array.from({ length: 21 }, (_, i) => i + 1));
  expect([...reconstruction!]).toEqual(Array.from(step, (s) => s + 0.5));
  expect([...kl!]).toEqual(Array.from(step, (s) => 2 * s));
  const betas = [0, 1, 1, 2, 2, 2, 3, 3, 3, 3, 4, 5, 5, 6, 6, 6, 7, 7, 7, 7, 8];
  expect([...objective!]).toEqual(betas.map((beta, i) => i + 1.5 + beta * 2 * (i + 1)));
  expect((await ring.take()).step).toHaveLength(0);
  readBack.dispose();
});

test("a reading belongs to the moment of asking; a restart forgets", async () => {
  const { ring, readBack, train } = ringBench();
  train(5);
  const asked = ring.take();
  train(8);
  expect([...(await asked).reconstruction!]).toEqual([1.5, 2.5, 3.5, 4.5, 5.5]);
  train(3);
  ring.restart(16);
  train(1);
  expect([...(await ring.take()).step]).toEqual([17]);
  readBack.dispose();
});

test("beyond 65,536 steps the oldest are forgotten", async () => {
  const { ring, readBack, train } = ringBench(4_096);
  for (let i = 0; i < 17; i++) train(4_096);
  const { step, kl } = await ring.take();
  expect([step[0], step.length, kl![0]]).toEqual([4_097, 65_536, 2 * 4_097]);
  readBack.dispose();
});

test("a step that the device left out is no row of zeros", async () => {
  const { ring, readBack, train } = ringBench();
  train(2);
  ring.add([1]);
  await expect(ring.take()).rejects.toThrow("step 3 wanted, -1 found");
  readBack.dispose();
});

test("images are uploaded once, as they arrive, in rows of words", async () => {
  const images = new Uint8Array(5 * 3); // of 3 pixels
  const buffer = bufferOf([0, 0, 0, 0, 0]);
  const writing = vi.spyOn(device.queue, "writeBuffer");
  const store = new ImageStore(device.queue, buffer, images, 3, 4);
  const readBack = new ReadBack(device);
  const bytes = () => readBack.read([{ buffer, bytes: 20 }], ([part]) => [...new Uint8Array(part!.buffer, part!.byteOffset, 20)]);
  images.set([1, 2, 3, 4, 5, 6]);
  store.require(2);
  store.require(1);
  expect(await bytes()).toEqual([1, 2, 3, 0, 4, 5, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  images.set([9, 9, 9, 9, 9, 9, 7, 8, 9], 0); // the first two are there already
  store.require(3);
  expect(await bytes()).toEqual([1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  expect(writing).toHaveBeenCalledTimes(2);
  writing.mockRestore();
  readBack.dispose();
});

test("rows that need no padding are not copied", () => {
  const images = Uint8Array.from({ length: 12 }, (_, i) => i);
  const packed = packedImages(images, 4, 4, 1, 2);
  expect([...packed]).toEqual([4, 5, 6, 7, 8, 9, 10, 11]);
  expect(packed.buffer).toBe(images.buffer);
});
