/** The middle rung: WebAssembly with SIMD where the browser has it, on one thread. */
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import plainUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import simdUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import type { StartedBackend, WasmUrls } from "./started-backend";
import * as tf from "./tf";

const factory = tf.findBackendFactory("wasm");

export function startWasm(urls: WasmUrls = { plain: reachable(plainUrl), simd: reachable(simdUrl) }): StartedBackend {
  // Threads need a page isolated from other origins, which static hosts are not, and would make sums depend on the machine.
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  setWasmPaths({
    "tfjs-backend-wasm.wasm": urls.plain,
    "tfjs-backend-wasm-simd.wasm": urls.simd,
    "tfjs-backend-wasm-threaded-simd.wasm": urls.simd,
  });
  return { loadKernels: async () => factory(), adapter: "", onLost: () => {}, close: () => {} };
}

/** In Node (tests, scripts) Vite's URL, which starts at the project's root, becomes a path below the working directory. */
function reachable(url: string): string {
  if (!("process" in globalThis)) return url;
  return url.startsWith("/@fs/") ? url.slice("/@fs".length) : `.${url}`;
}
