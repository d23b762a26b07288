/**
 * A number to type, with the browser's stepper and arrow keys. Out-of-range
 * numbers are handed on as they stand: the owner says what is wrong with them.
 */
import { useId, useState } from "react";
import styles from "./Field.module.css";

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** NaN while the field is empty or holds no number. */
  readonly onChange: (value: number) => void;
  /** What is wrong with the value, in the visitor's language. */
  readonly issue?: string | null;
  readonly isLabelHidden?: boolean;
}

const written = (value: number) => (Number.isNaN(value) ? "" : String(value));

export function NumberField({ label, value, min, max, onChange, issue = null, isLabelHidden = false }: NumberFieldProps) {
  const id = useId();
  // Half-typed text ("", "1e") is nobody's value: it stays here until it reads as a number again.
  const [text, setText] = useState(written(value));
  const [shown, setShown] = useState(value);
  if (!Object.is(shown, value)) {
    setShown(value);
    if (!Object.is(text === "" ? Number.NaN : Number(text), value)) setText(written(value));
  }
  return (
    <span className={styles.field}>
      <label htmlFor={id} className={isLabelHidden ? "visually-hidden" : styles.label}>
        {label}
      </label>
      <input
        id={id}
        className={styles.input}
        type="number"
        inputMode="decimal"
        step="any"
        min={min}
        max={max}
        value={text}
        aria-invalid={issue !== null}
        aria-describedby={issue === null ? undefined : `${id}-issue`}
        onChange={(event) => {
          setText(event.target.value);
          onChange(event.target.valueAsNumber);
        }}
      />
      {issue !== null && (
        <span id={`${id}-issue`} className={styles.issue}>
          {issue}
        </span>
      )}
    </span>
  );
}
