/**
 * Typesets TeX as MathML, which the browser draws with its own fonts. Loaded
 * lazily: the typesetter is 75 KiB.
 *
 * For TeX from this repository only, never from an address or a file.
 */
import { renderToString } from "katex";
import { useMemo } from "react";
import styles from "./Formula.module.css";

/** Letters of `\mathbb` and `\mathcal` as characters: MathML Core, and Chromium with it, knows no other `mathvariant` than `normal`. */
const LETTERS: Readonly<Record<string, string>> = {
  "double-struck E": "𝔼",
  "double-struck R": "ℝ",
  "script N": "𝒩",
  "script L": "ℒ",
};

/** MathML of a formula, as every browser draws it. */
export function mathMarkup(tex: string): string {
  return renderToString(tex, { output: "mathml", displayMode: true, throwOnError: false }).replace(
    /<mi mathvariant="([\w-]+)">(\w)<\/mi>/g,
    (markup, variant: string, letter: string) => {
      const character = LETTERS[`${variant} ${letter}`];
      return character === undefined ? markup : `<mi mathvariant="normal">${character}</mi>`;
    },
  );
}

export default function Formula({ tex }: { readonly tex: string }) {
  const markup = useMemo(() => ({ __html: mathMarkup(tex) }), [tex]);
  // In no other language: a Chinese font would draw ∥ aslant.
  return <div className={styles.formula} lang="en" dangerouslySetInnerHTML={markup} />;
}
