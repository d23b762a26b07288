/** One column of the hourglass: heading, body, and a foot of fixed height, so that neighbours line up. */
import { useId, type ReactNode } from "react";
import type { CssVariables } from "../../ui/accent";
import styles from "./Column.module.css";

interface ColumnProps {
  readonly title: ReactNode;
  /** Quiet words after the title. */
  readonly note?: ReactNode;
  /** At the far end of the heading. */
  readonly action?: ReactNode;
  readonly color: "ink" | "encoder" | "decoder" | "adversarial";
  readonly foot?: ReactNode;
  readonly children: ReactNode;
}

export function Column({ title, note, action, color, foot, children }: ColumnProps) {
  const id = useId();
  const style: CssVariables = { "--column-text": color === "ink" ? "var(--ink-2)" : `var(--${color}-text)` };
  return (
    <section className={styles.column} aria-labelledby={id} style={style}>
      <div className={styles.head}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        {note !== undefined && <div className={styles.note}>{note}</div>}
        {action !== undefined && <div className={styles.action}>{action}</div>}
      </div>
      <div className={styles.body}>{children}</div>
      <div className={styles.foot}>{foot}</div>
    </section>
  );
}
