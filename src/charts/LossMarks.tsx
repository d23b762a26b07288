/** Flags where learning rate or β changed in mid-run; each says what changed when pointed at or focused. */
import type { LossLayout } from "./loss-layout";
import type { LossText } from "./loss-text";
import styles from "./LossCurves.module.css";

export function LossMarks({ layout, text }: { readonly layout: LossLayout; readonly text: LossText }) {
  return layout.marks.map(({ x, before, after }) => {
    const words = text.change(before, after);
    const isLate = x > (layout.left + layout.right) / 2;
    return (
      <div key={after.step} className={styles.mark} style={{ left: x, height: layout.bottom }}>
        <button
          type="button"
          className={styles.flag}
          aria-label={`${text.step} ${text.count(after.step + 1)}: ${words}`}
          data-late={isLate || undefined}
        >
          <span aria-hidden="true">{words}</span>
        </button>
      </div>
    );
  });
}
