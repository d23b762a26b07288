/**
 * What the benchmark asks of every engine it times: the same network, the same batch
 * size, the same optimiser (`models.ts`), and two ways to keep time.
 */
import type { Network } from "../../src/model/network";
import type { RunConfig } from "../../src/protocol/run-config";

export const ENGINES = ["compiled", "tfjs", "plain-tfjs", "jax-js"] as const;
export type EngineId = (typeof ENGINES)[number];

export const BACKENDS = ["webgpu", "wasm"] as const;
export type BenchBackend = (typeof BACKENDS)[number];

export interface Peer {
  /** Issues one optimiser step by itself; waits for nothing. */
  step(): void;
  /** Runs steps at full speed, where an engine has a better way to than one after the other. */
  readonly run?: (count: number) => Promise<void>;
  /** Waits until every issued step is done. @returns the objective of the last one, nats per image. */
  settle(): Promise<number>;
  /** As the adapter calls itself, empty where there is none. */
  readonly adapter: string;
}

export type MakePeer = (backend: BenchBackend, config: RunConfig, network: Network) => Promise<Peer>;

/** Byte images whose few bright pixels follow a seedless pattern; speed does not depend on what they show. */
export function benchImages(count: number, pixels: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: count * pixels }, (_, i) => ((i * 2654435761) >>> 24 > 200 ? (i * 40503) & 255 : 0));
}

export async function adapterName(backend: BenchBackend): Promise<string> {
  if (backend !== "webgpu") return "";
  const info = (await navigator.gpu.requestAdapter())?.info;
  return [info?.vendor, info?.architecture, info?.device, info?.description].filter(Boolean).join(" ");
}
