/** Ten thousand steps in a page, and whether GPU buffers or the page's heap have grown. */
import type { Browser } from "playwright";
import type { Site } from "./browser-stations";
import { markdownTable } from "./tables";

export interface MemoryReading {
  readonly step: number;
  readonly buffers: number;
  readonly bufferBytes: number;
  /** JavaScript heap in use after a collection. */
  readonly heapBytes: number;
}

export interface MemoryResult {
  readonly engine: string;
  /** After the warm-up, half way, and at the end. */
  readonly readings: readonly [MemoryReading, MemoryReading, MemoryReading];
}

const WARM_UP = 1_000;
const STEPS = 10_000;
/** Of the heap's own coming and going (compiled code, feedback); a leak of 100 bytes a step is seen. */
export const HEAP_ALLOWANCE = 1_000_000;

export async function measureMemory(browser: Browser, { url }: Site): Promise<MemoryResult> {
  const page = await browser.newPage();
  try {
    await page.goto(`${url}steps.html`);
    await page.waitForFunction(() => "benchEndurance" in window);
    const devtools = await page.context().newCDPSession(page);
    const engine = await page.evaluate(() => window.benchEndurance().open());
    const readingAfter = async (steps: number): Promise<MemoryReading> => {
      const { step, buffers, bytes } = await page.evaluate((count) => window.benchEndurance().train(count), steps);
      await devtools.send("HeapProfiler.collectGarbage");
      const { usedSize } = await devtools.send("Runtime.getHeapUsage");
      return { step, buffers, bufferBytes: bytes, heapBytes: usedSize };
    };
    return { engine, readings: [await readingAfter(WARM_UP), await readingAfter(STEPS / 2), await readingAfter(STEPS / 2)] };
  } finally {
    await page.close();
  }
}

/** Small read-back buffers come and go with the moment; one left behind at each reading of the losses would be twenty. */
export const BUFFER_ALLOWANCE = { buffers: 4, bytes: 2 ** 16 } as const;

/** Buffers since half way, when those for reading back are about as many as it takes; the heap since the warm-up. */
export function hasGrown({ readings: [first, middle, last] }: MemoryResult): boolean {
  return (
    last.buffers > middle.buffers + BUFFER_ALLOWANCE.buffers ||
    last.bufferBytes > middle.bufferBytes + BUFFER_ALLOWANCE.bytes ||
    last.heapBytes > first.heapBytes + HEAP_ALLOWANCE
  );
}

const mebi = (bytes: number) => (bytes / 2 ** 20).toFixed(2);

export function memoryTable(result: MemoryResult): string {
  const table = markdownTable(
    [`memory, ${result.engine}: after step`, "GPU buffers", "MiB in them", "JS heap, MiB"],
    result.readings.map(({ step, buffers, bufferBytes, heapBytes }) => [String(step), String(buffers), mebi(bufferBytes), mebi(heapBytes)]),
  );
  return `${table}\n\n${hasGrown(result) ? "**It has grown.**" : `No growth over ${STEPS} steps.`}`;
}
