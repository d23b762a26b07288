/** The colour of an idea, handed to a control's style sheet as `--accent` (shapes) and `--accent-text` (words). */
import type { CSSProperties } from "react";

export type Accent = "encoder" | "latent" | "decoder" | "adversarial" | "ink";

export type CssVariables = CSSProperties & Readonly<Record<`--${string}`, string | number>>;

export function accentStyle(color: Accent): CssVariables {
  const text = color === "ink" ? "--ink" : `--${color}-text`;
  return { "--accent": `var(--${color})`, "--accent-text": `var(${text})` };
}
