/** A whole number to step, to type, or to take from the common ones. */
import { Minus, Plus } from "lucide-react";
import { IconButton } from "../../ui/IconButton";
import { NumberField } from "../../ui/NumberField";
import { Segmented } from "../../ui/Segmented";
import styles from "./Editor.module.css";
import { stepCount } from "./layer-sizes";
import type { SideColor } from "./network-sides";

interface CountFieldProps {
  readonly color: SideColor;
  readonly label: string;
  readonly lessLabel: string;
  readonly moreLabel: string;
  readonly commonLabel: string;
  readonly common: readonly number[];
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly issue: string | null;
  readonly onChange: (value: number) => void;
}

export function CountField({ color, label, lessLabel, moreLabel, commonLabel, common, value, min, max, issue, onChange }: CountFieldProps) {
  return (
    <>
      <div className={styles.stepper}>
        <span className={styles.word} aria-hidden>
          {label}
        </span>
        <IconButton label={lessLabel} onPress={() => onChange(stepCount(value, -1, { min, max }))}>
          <Minus size={16} aria-hidden />
        </IconButton>
        <span className={styles.number}>
          <NumberField label={label} isLabelHidden value={value} min={min} max={max} onChange={onChange} issue={issue} />
        </span>
        <IconButton label={moreLabel} onPress={() => onChange(stepCount(value, 1, { min, max }))}>
          <Plus size={16} aria-hidden />
        </IconButton>
      </div>
      <Segmented
        label={commonLabel}
        options={common.filter((count) => count <= max).map((count) => ({ id: String(count), label: String(count) }))}
        value={String(value)}
        onChange={(count) => onChange(Number(count))}
        color={color}
      />
    </>
  );
}
