/** What a term's popover holds: its name, one sentence, its formula. A chunk of its own. */
import { lazy, Suspense } from "react";
import type { TermId } from "../i18n/catalogues";
import { FORMULAS } from "../i18n/formulas";
import { useText } from "../i18n/use-text";
import styles from "./TermCard.module.css";

const Formula = lazy(() => import("../ui/Formula"));

export default function TermCard({ id }: { readonly id: TermId }) {
  const { t } = useText("terms");
  const tex = FORMULAS[id];
  return (
    <div className={styles.card}>
      <h3 className={styles.title}>{t(`${id}.title`)}</h3>
      <p>{t(`${id}.text`)}</p>
      {tex !== null && (
        <Suspense fallback={<div className={styles.waiting} />}>
          <Formula tex={tex} />
        </Suspense>
      )}
    </div>
  );
}
