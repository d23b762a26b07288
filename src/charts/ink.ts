/**
 * The colours of the current theme as numbers, for canvases: a canvas cannot read
 * a CSS variable. Read from the root element once per theme, never per paint.
 */
import { useSyncExternalStore } from "react";

/** Red, green and blue, each 0 … 255. */
export type Rgb = readonly [number, number, number];

export interface Inks {
  readonly card: Rgb;
  readonly ink: Rgb;
  readonly ink2: Rgb;
  readonly line: Rgb;
  readonly encoder: Rgb;
  readonly latent: Rgb;
  readonly decoder: Rgb;
  readonly adversarial: Rgb;
}

/** An ink → its CSS variable in `ui/tokens.css`. */
const VARIABLES: Readonly<Record<keyof Inks, string>> = {
  card: "--card",
  ink: "--ink",
  ink2: "--ink-2",
  line: "--line",
  encoder: "--encoder",
  latent: "--latent",
  decoder: "--decoder",
  adversarial: "--adversarial",
};

/** `#rrggbb`, or `#rgb` as a minifier writes it, → numbers; black for anything else, as in a test without the style sheet. */
export function rgbOf(colour: string): Rgb {
  const full = colour.trim().replace(/^#([0-9a-f])([0-9a-f])([0-9a-f])$/i, "#$1$1$2$2$3$3");
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(full);
  return hex === null ? [0, 0, 0] : [Number.parseInt(hex[1]!, 16), Number.parseInt(hex[2]!, 16), Number.parseInt(hex[3]!, 16)];
}

/** The inverse of `rgbOf`. */
export function hexOf(rgb: Rgb): string {
  return `#${rgb.map((channel) => Math.round(channel).toString(16).padStart(2, "0")).join("")}`;
}

function readInks(): Inks {
  const style = getComputedStyle(document.documentElement);
  const inks = Object.entries(VARIABLES).map(([name, variable]) => [name, rgbOf(style.getPropertyValue(variable))]);
  return Object.fromEntries(inks) as Inks;
}

/** One observer for all canvases of the page. */
let current: Inks | null = null;
let observer: MutationObserver | null = null;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  if (observer === null) {
    observer = new MutationObserver(() => {
      current = readInks();
      for (const tell of listeners) tell();
    });
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    current = readInks(); // the theme may have changed while nobody was listening
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    observer?.disconnect();
    observer = null;
  };
}

function currentInks(): Inks {
  current ??= readInks();
  return current;
}

/** The theme's colours; a new object only when `data-theme` on the root element changes. */
export function useInks(): Inks {
  return useSyncExternalStore(subscribe, currentInks);
}
