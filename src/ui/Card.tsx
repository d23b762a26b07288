/** A framed part of the page with its heading; the heading names it to screen readers. */
import { type ReactNode, useId } from "react";
import { accentStyle, type Accent } from "./accent";
import styles from "./Card.module.css";

interface CardProps {
  readonly title: ReactNode;
  /** Quiet words after the title. */
  readonly note?: ReactNode;
  readonly color?: Accent;
  readonly children: ReactNode;
}

export function Card({ title, note, color, children }: CardProps) {
  const id = useId();
  return (
    <section className={styles.card} aria-labelledby={id} style={color && accentStyle(color)}>
      <div className={styles.head}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        {note !== undefined && <div className={styles.note}>{note}</div>}
      </div>
      {children}
    </section>
  );
}
