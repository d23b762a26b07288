/**
 * Ten class colours for each theme, told apart by every kind of colour vision.
 *
 * Starts from Paul Tol's "muted" scheme and grey, moved by a search until every two
 * classes stay at least 7.5 apart (OKLab × 100) under normal, protan, deutan and tritan
 * vision and every class stands out from the card; the dark theme has lighter variants
 * of the same hues. The test holds both. Colour is never the only sign of a class: legend
 * and hover card name it.
 *
 * Source: Paul Tol, "Colour Schemes", SRON/EPS/TN/09-002, 2021.
 */
import type { Rgb } from "./ink";

export type ChartTheme = "light" | "dark";

export const CLASS_COLOURS: Readonly<Record<ChartTheme, readonly string[]>> = {
  light: ["#28118e", "#0f692e", "#13af98", "#2cb8fe", "#b3af24", "#b86268", "#ac2a92", "#7d0c4f", "#817912", "#70859e"],
  dark: ["#6765e3", "#329c27", "#71dcb7", "#b4c9f9", "#e6d278", "#df776f", "#c871d8", "#d63783", "#b9ac24", "#91a8ab"],
};

/** `#rrggbb` of a class number; numbers past the tenth start again. */
export function classColour(label: number, theme: ChartTheme): string {
  const colours = CLASS_COLOURS[theme];
  return colours[label % colours.length]!;
}

/** Which variant suits a card of this colour. */
export function themeOfCard([red, green, blue]: Rgb): ChartTheme {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128 ? "dark" : "light"; // Rec. 709 luma
}
