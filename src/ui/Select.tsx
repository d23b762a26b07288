/** A choice from a list: the browser's own, which phones turn into their own picker. */
import { useId } from "react";
import styles from "./Field.module.css";

interface Option {
  readonly id: string;
  readonly label: string;
  /** A word on the choice, shown after its label. */
  readonly hint?: string;
}

interface SelectProps<Id extends string> {
  readonly label: string;
  readonly options: readonly (Option & { readonly id: Id })[];
  readonly value: Id;
  readonly onChange: (id: Id) => void;
  readonly isDisabled?: boolean;
  /** Still read out, no longer shown. */
  readonly isLabelHidden?: boolean;
}

export function Select<Id extends string>({ label, options, value, onChange, isDisabled, isLabelHidden = false }: SelectProps<Id>) {
  const id = useId();
  return (
    <span className={styles.field}>
      <label htmlFor={id} className={isLabelHidden ? "visually-hidden" : styles.label}>
        {label}
      </label>
      <select
        id={id}
        className={styles.select}
        value={value}
        disabled={isDisabled}
        onChange={(event) => onChange(event.target.value as Id)}
      >
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.hint === undefined ? option.label : `${option.label} · ${option.hint}`}
          </option>
        ))}
      </select>
    </span>
  );
}
