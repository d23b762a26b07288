/** What depends on images alone, worked out once for as long as they lie in memory: a data set's outlast many runs. */

const byMemory = new WeakMap<ArrayBufferLike, Map<string, unknown>>();

/**
 * What `work` gives, or gave before.
 *
 * @param memory that the images were made of, kept by their owner
 * @param key says all else that the result depends on, and which result it is
 */
export function* kept<T>(memory: ArrayBufferLike, key: string, work: () => Generator<void, T>): Generator<void, T> {
  const results = byMemory.get(memory) ?? new Map<string, unknown>();
  byMemory.set(memory, results);
  if (!results.has(key)) results.set(key, yield* work());
  return results.get(key) as T;
}
