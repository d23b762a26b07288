/**
 * Typesets TeX as MathML, which the browser draws with its own fonts. Loaded
 * lazily: the typesetter is 75 KiB.
 *
 * For TeX from this repository only, never from an address or a file.
 */
import { renderToString } from "katex";
import { useMemo } from "react";
import styles from "./Formula.module.css";

export default function Formula({ tex }: { readonly tex: string }) {
  const markup = useMemo(() => ({ __html: renderToString(tex, { output: "mathml", displayMode: true, throwOnError: false }) }), [tex]);
  return <div className={styles.formula} dangerouslySetInnerHTML={markup} />;
}
