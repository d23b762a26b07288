/**
 * WebGPU in Node: Dawn, from the `webgpu` package or from a `dawn.node` that lies beside
 * this module (as in a bundle), and where to find a Vulkan driver for it on a machine without a GPU.
 */
import { existsSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Kept, as Dawn lives as long as somebody holds it. @type {GPU | null} */
let held = null;

/**
 * Puts WebGPU's classes and `navigator.gpu` where a browser has them. `closeDawn` lets the process end again.
 *
 * @param {readonly string[]} [options] Dawn's own, `enable-dawn-features=…`
 * @returns {Promise<GPU>}
 */
export async function openDawn(options = []) {
  const beside = fileURLToPath(new URL("dawn.node", import.meta.url));
  const { create, globals } = existsSync(beside) ? createRequire(import.meta.url)(beside) : await import("webgpu");
  Object.assign(globalThis, globals);
  held = create([...options]);
  const navigator = globalThis.navigator ?? { userAgent: "Node" }; // a Node older than 21 has none
  Object.defineProperty(globalThis, "navigator", { value: navigator, configurable: true });
  Object.defineProperty(navigator, "gpu", { value: held, configurable: true });
  return held;
}

export function closeDawn() {
  if (held === null) return;
  held = null;
  Object.defineProperty(globalThis.navigator, "gpu", { value: undefined, configurable: true });
}

/** What an adapter says of itself. @param {GPUAdapterInfo} info */
export function nameOf({ vendor, architecture, device, description }) {
  return [vendor, architecture, device, description].filter((part) => part !== "").join(" ");
}

/**
 * Variables with which a Node process finds the software driver that every Chromium brings; the loader reads them when a process
 * starts, so that they must be given to a new one.
 *
 * @param {string | undefined} chromiumPath
 * @returns {{ VK_ICD_FILENAMES: string, LD_LIBRARY_PATH: string } | null} null where there is none
 */
export function softwareDriver(chromiumPath) {
  // Debian's `chromium` is a script; the program and its drivers lie elsewhere.
  const folders = [
    ...(chromiumPath === undefined ? [] : [dirname(realpathSync(chromiumPath))]),
    "/usr/lib/chromium",
    "/usr/lib/chromium-browser",
  ];
  const folder = folders.find((path) => existsSync(join(path, "vk_swiftshader_icd.json")) && existsSync(join(path, "libvulkan.so.1")));
  if (folder === undefined) return null;
  return { VK_ICD_FILENAMES: join(folder, "vk_swiftshader_icd.json"), LD_LIBRARY_PATH: folder };
}
