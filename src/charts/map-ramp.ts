/**
 * Colours of a value from least to most, one hue from faint to strong, so that order is
 * read without a key and by every kind of colour vision: lightness alone tells it.
 */
import { hexOf, rgbOf, type Rgb } from "./ink";
import type { ChartTheme } from "./class-colours";

/** Stops at equal distances, `#rrggbb`. */
export type Ramp = readonly string[];

/** How far the decoder moves: latent's violet. Reconstruction error: the decoder's orange. */
export const RAMPS: Readonly<Record<"latent" | "decoder", Readonly<Record<ChartTheme, Ramp>>>> = {
  latent: {
    light: ["#f6f1fb", "#d9c6ee", "#b08fd8", "#7748b3", "#3b1668"],
    dark: ["#1f1a2a", "#3f2d5c", "#6a4a9a", "#a37fdd", "#eadcff"],
  },
  decoder: {
    light: ["#f3dcc4", "#eab583", "#dc8440", "#b04e0d", "#5c2200"],
    dark: ["#4a2f1d", "#7d4721", "#bb6a2c", "#f0975a", "#ffe2c8"],
  },
};

/** @param part 0 … 1; outside, the nearer end */
export function rampColour(ramp: Ramp, part: number): Rgb {
  const at = Math.min(1, Math.max(0, part || 0)) * (ramp.length - 1);
  const stop = Math.min(ramp.length - 2, Math.floor(at));
  const [from, to] = [rgbOf(ramp[stop]!), rgbOf(ramp[stop + 1]!)];
  const mix = (channel: 0 | 1 | 2) => from[channel] + (to[channel] - from[channel]) * (at - stop);
  return [mix(0), mix(1), mix(2)];
}

/** `steps` colours from least to most. */
export function rampSteps(ramp: Ramp, steps: number): string[] {
  return Array.from({ length: steps }, (_, step) => hexOf(rampColour(ramp, step / Math.max(1, steps - 1))));
}
