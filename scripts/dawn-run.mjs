/**
 * Runs a Node script in a process where Dawn finds a Vulkan driver:
 *
 *   node scripts/dawn-run.mjs scripts/run-ts.mjs bench/node.ts [arguments]
 *
 * Takes the machine's own adapter where Dawn finds one, else the software adapter that comes with Chromium; ADAPTER=software or
 * ADAPTER=hardware insists on one of them.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { findChromium } from "./chromium.mjs";
import { softwareDriver } from "./dawn.mjs";

const PROBE = `
  const { openDawn, closeDawn } = await import(${JSON.stringify(new URL("dawn.mjs", import.meta.url).href)});
  const adapter = await (await openDawn()).requestAdapter();
  closeDawn();
  process.exit(adapter === null ? 1 : 0);
`;

/** Whether Dawn finds an adapter with these variables; in a process of its own, as a driver is loaded once. @param {NodeJS.ProcessEnv} env */
function hasAdapter(env) {
  return spawnSync(process.execPath, ["--input-type=module", "-e", PROBE], { env, stdio: "ignore", timeout: 60_000 }).status === 0;
}

/**
 * The environment for a process that is to find an adapter.
 *
 * @returns {NodeJS.ProcessEnv}
 * @throws Error that says what is missing
 */
export function dawnEnvironment(wish = process.env.ADAPTER ?? "auto") {
  if (wish !== "software" && hasAdapter(process.env)) return process.env;
  if (wish === "hardware") throw new Error("dawn: no adapter; is there a GPU with a Vulkan driver, and libvulkan.so.1?");
  const driver = softwareDriver(findChromium()?.path);
  if (driver === null)
    throw new Error("dawn: no adapter, and no Chromium with a software driver (vk_swiftshader_icd.json, libvulkan.so.1)");
  const env = { ...process.env, ...driver };
  if (!hasAdapter(env)) throw new Error(`dawn: the software driver in ${driver.LD_LIBRARY_PATH} gives no adapter`);
  return env;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { status } = spawnSync(process.execPath, process.argv.slice(2), { env: dawnEnvironment(), stdio: "inherit" });
  process.exit(status ?? 1);
}
