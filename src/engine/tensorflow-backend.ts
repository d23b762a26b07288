/**
 * TensorFlow.js on a backend that has been started, made ready when somebody first
 * needs it: the compiled trainer needs none of it, and it is most of the worker's bytes.
 *
 * TensorFlow.js has one active backend for a whole worker: close one before opening the next.
 */
import type { BackendName } from "../protocol/run-config";
import { disposeConstants } from "./constants";
import { selfTest } from "./self-test";
import * as tf from "./tf";
import { createTfjsTrainer } from "./tfjs-trainer";

/** @returns closes it. @throws FailureError `self-test-failed` when its numbers are wrong */
export async function openTensorflow(backend: BackendName, loadKernels: () => Promise<tf.KernelBackend>): Promise<() => void> {
  // Without it TensorFlow.js comments on the console: on Node, on slow readbacks, on what it thinks it should.
  tf.enableProdMode();
  const kernels = await loadKernels();
  // Ours in place of the factory that the package registers by itself, so that the device is ours too.
  if (isRegistered(backend)) tf.removeBackend(backend);
  tf.registerBackend(backend, () => kernels);
  const close = () => {
    disposeConstants();
    tf.removeBackend(backend);
  };
  try {
    if (!(await tf.setBackend(backend))) throw new Error(`tf.setBackend(${backend}) failed`);
    await selfTest(backend, (inputs) => Promise.resolve(createTfjsTrainer(inputs, backend)));
  } catch (error) {
    close();
    throw error;
  }
  return close;
}

function isRegistered(backend: BackendName): boolean {
  return (tf.findBackendFactory(backend) as unknown) !== null; // typed as always there
}
