/** Fails the build when a union grows a member that a `switch` does not handle, and throws if one slips in at run time. */
export function assertNever(value: never): never {
  throw new Error(`assertNever: unexpected ${JSON.stringify(value)}`);
}

/** Throws with `message` unless `condition` holds; for what only a mistake of ours can break. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(message);
}
