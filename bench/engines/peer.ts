/**
 * What the benchmark asks of every engine it times: the same network, the same
 * batch size, the same optimiser. 784-400-d, BCE from logits summed over pixels, KL,
 * Adam 1e-3.
 */
export type BenchBackend = "webgpu" | "wasm";

export interface PeerSize {
  readonly pixels: number;
  readonly hidden: number;
  readonly latent: number;
  readonly batch: number;
}

export interface Peer {
  /** Issues one optimiser step on the next batch; waits for nothing. */
  step(): void;
  /** Waits until every issued step is done. @returns the objective of the last one, nats per image. */
  settle(): Promise<number>;
  /** As the adapter calls itself, empty where there is none. */
  readonly adapter: string;
}

/** Byte images whose few bright pixels follow a seedless pattern; speed does not depend on what they show. */
export function benchImages(count: number, pixels: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: count * pixels }, (_, i) => ((i * 2654435761) >>> 24 > 200 ? (i * 40503) & 255 : 0));
}

export async function adapterName(backend: BenchBackend): Promise<string> {
  if (backend !== "webgpu") return "";
  const info = (await navigator.gpu.requestAdapter())?.info;
  return [info?.vendor, info?.architecture, info?.device, info?.description].filter(Boolean).join(" ");
}
