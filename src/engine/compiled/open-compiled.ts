/**
 * Makes the compiled engine ready on a device: kernels chosen for the adapter, from
 * the store or by measuring, and a self-test that trains with them.
 */
import { selfTest, type SelfTestKind } from "../self-test";
import type { StartedGpu } from "../started-backend";
import { createCompiledTrainer } from "./compiled-trainer";
import { tune, tuningKey } from "./tuning";
import { isTuning, type Tuning } from "./tuning-choice";

/** Keeps a small JSON value under a key from visit to visit; may refuse. */
export interface TuningStore {
  load(key: string): Promise<unknown>;
  save(key: string, tuning: Tuning): Promise<void>;
}

export interface OpenCompiled {
  readonly device: GPUDevice;
  readonly tuning: Tuning;
  /** The self-test of convolutional kernels, run when first asked for. @throws FailureError `self-test-failed`, each time alike */
  readonly proveConvolutions: () => Promise<void>;
}

export interface OpenCompiledOptions {
  readonly tunings?: TuningStore;
  readonly onProgress?: (done: number, total: number) => void;
}

/** @throws FailureError `self-test-failed` when what it computes is wrong, or whatever the driver throws */
export async function openCompiled(gpu: StartedGpu, { tunings, onProgress }: OpenCompiledOptions): Promise<OpenCompiled> {
  const { device, info } = gpu;
  const key = tuningKey(info);
  const stored = await tunings?.load(key).catch(() => null); // as though nothing was stored
  if (isTuning(stored)) {
    const opened = openedWith(device, stored);
    if (await passes(opened)) return opened;
    // Another driver version under the same name, a feature that is gone, or a value that somebody changed: measured anew.
  }
  const opened = openedWith(device, await tune(device, onProgress));
  await prove(opened, "dense");
  await tunings?.save(key, opened.tuning).catch(() => {}); // measured again at the next visit
  return opened;
}

function openedWith(device: GPUDevice, tuning: Tuning): OpenCompiled {
  let convolutions: Promise<void> | null = null;
  const opened: OpenCompiled = { device, tuning, proveConvolutions: () => (convolutions ??= prove(opened, "conv")) };
  return opened;
}

async function prove({ device, tuning }: OpenCompiled, kind: SelfTestKind): Promise<void> {
  await selfTest("webgpu", (inputs) => createCompiledTrainer(inputs, { device, tuning }), kind);
}

async function passes(opened: OpenCompiled): Promise<boolean> {
  try {
    await prove(opened, "dense");
    return true;
  } catch {
    return false; // wrong numbers, or kernels that this device does not compile; a device that is gone tells the next to use it
  }
}
