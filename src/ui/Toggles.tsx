/** Several switches side by side, each on or off by itself. */
import { accentStyle, type Accent } from "./accent";
import styles from "./Segmented.module.css";

interface TogglesProps<Id extends string> {
  readonly label: string;
  readonly options: readonly { readonly id: Id; readonly label: string }[];
  /** Those that are on, in the order of the options. */
  readonly values: readonly Id[];
  readonly onChange: (values: Id[]) => void;
  readonly color?: Accent;
}

export function Toggles<Id extends string>({ label, options, values, onChange, color = "ink" }: TogglesProps<Id>) {
  const flip = (id: Id) => onChange(options.map((option) => option.id).filter((each) => values.includes(each) !== (each === id)));
  return (
    <fieldset aria-label={label} className={styles.group} style={accentStyle(color)}>
      {options.map((option) => (
        <button
          key={option.id}
          type="button"
          className={styles.segment}
          aria-pressed={values.includes(option.id)}
          data-on={values.includes(option.id) || undefined}
          onClick={() => flip(option.id)}
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  );
}
