/** Sizes of layers that are offered: at one press, and step by step. */

/** Widths offered at one press. */
export const COMMON_UNITS = [16, 32, 64, 128, 256, 400, 512] as const;
export const COMMON_FILTERS = [4, 8, 16, 32, 64, 128] as const;
export const COMMON_LATENT_DIMS = [1, 2, 3, 5, 10, 20, 50] as const;

/** Widths of the stepper: each about 1.4 times the one before. */
const STEPPED = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 400, 512, 768, 1024, 1536, 2048, 3072, 4096];

/** The next number of units, filters or channels of the stepper, up or down, from any number. */
export function stepCount(count: number, direction: 1 | -1, { min, max }: { readonly min: number; readonly max: number }): number {
  if (!Number.isFinite(count)) return Math.min(128, max);
  const next = direction > 0 ? STEPPED.find((width) => width > count) : STEPPED.findLast((width) => width < count);
  return Math.min(max, Math.max(min, next ?? (direction > 0 ? max : min)));
}
