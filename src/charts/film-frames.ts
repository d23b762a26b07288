/** Which frames of a film there is room for in a row, and which of them stands for a place on it. Numbers in, numbers out. */

/**
 * Indices of as many of `count` frames as fit side by side, evenly apart, the first and the last among them.
 *
 * @param tilePx least width of one, with its gap
 */
export function framesThatFit(count: number, widthPx: number, tilePx: number): number[] {
  const room = Math.min(count, Math.max(2, Math.floor(widthPx / tilePx)));
  if (room >= count) return Array.from({ length: count }, (_, i) => i);
  return Array.from({ length: room }, (_, i) => Math.round((i * (count - 1)) / (room - 1)));
}

/** Position in `shown` of the frame nearest to a place from 0 (the first of `count` frames) to 1 (the last). */
export function shownAt(shown: readonly number[], count: number, at: number): number {
  const frame = at * (count - 1);
  let nearest = 0;
  for (let i = 1; i < shown.length; i++) if (Math.abs(shown[i]! - frame) < Math.abs(shown[nearest]! - frame)) nearest = i;
  return nearest;
}

/**
 * Where a place of the film lies along the row, 0 (left edge) to 1 (right edge): at the middle of a frame that is shown,
 * and between two of them in proportion.
 */
export function alongStrip(shown: readonly number[], count: number, at: number): number {
  const frame = at * (count - 1);
  const next = shown.findIndex((index) => index >= frame);
  const right = next < 0 ? shown.length - 1 : next;
  const left = Math.max(0, right - 1);
  const span = shown[right]! - shown[left]!;
  const position = span > 0 ? left + (frame - shown[left]!) / span : right;
  return (position + 0.5) / Math.max(1, shown.length);
}
