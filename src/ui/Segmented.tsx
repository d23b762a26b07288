/** One of a few choices, all in sight: radio buttons in a row. */
import { useId } from "react";
import { accentStyle, type Accent } from "./accent";
import styles from "./Segmented.module.css";

interface SegmentedProps<Id extends string> {
  readonly label: string;
  readonly options: readonly { readonly id: Id; readonly label: string; readonly isDisabled?: boolean }[];
  readonly value: Id;
  readonly onChange: (id: Id) => void;
  readonly color?: Accent;
}

export function Segmented<Id extends string>({ label, options, value, onChange, color = "ink" }: SegmentedProps<Id>) {
  const name = useId();
  return (
    <div role="radiogroup" aria-label={label} className={styles.group} style={accentStyle(color)}>
      {options.map((option) => (
        <label
          key={option.id}
          className={styles.segment}
          data-on={option.id === value || undefined}
          data-off={option.isDisabled || undefined}
        >
          <input
            type="radio"
            name={name}
            className="visually-hidden"
            checked={option.id === value}
            disabled={option.isDisabled}
            onChange={() => onChange(option.id)}
          />
          {option.label}
        </label>
      ))}
    </div>
  );
}
