/** A setting that is on or off. */
import styles from "./Switch.module.css";

interface SwitchProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

export function Switch({ label, isOn, onChange }: SwitchProps) {
  return (
    <label className={styles.row}>
      <input type="checkbox" className={styles.box} checked={isOn} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  );
}
