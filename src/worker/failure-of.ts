/** Turns whatever was thrown into a failure that can cross to the page. */
import { FailureError, type Failure } from "../protocol/failure";
import type { BackendName } from "../protocol/run-config";

/** What was being worked on, as far as it is known. */
export interface FailureScene {
  readonly backend: BackendName;
  /** What the run was estimated to want. */
  readonly bytes: number;
}

/** As V8, SpiderMonkey, JavaScriptCore and emscripten word it; there is no type for it. */
const OUT_OF_MEMORY =
  /allocation failed|out of memory|Invalid typed array length|Invalid array buffer length|Cannot enlarge memory|\bOOM\b/i;

export function failureOf(error: unknown, scene: FailureScene | null = null): Failure {
  if (error instanceof FailureError) return error.failure;
  const message = error instanceof Error ? error.message : String(error);
  if (scene !== null && OUT_OF_MEMORY.test(message)) return { kind: "out-of-memory", ...scene, message };
  return { kind: "internal", message, stack: error instanceof Error ? (error.stack ?? null) : null };
}
