/**
 * A named number on a track: drag, tap, arrow keys (a stop), Page Up and Down
 * (five stops), Home and End.
 *
 * Holds no value: what it shows is what it is given.
 */
import { type KeyboardEvent, type ReactNode, useEffect, useEffectEvent, useMemo, useRef } from "react";
import { accentStyle, type Accent, type CssVariables } from "./accent";
import { sliderScale, type ScaleKind } from "./slider-scale";
import styles from "./Slider.module.css";

interface SliderProps {
  readonly label: ReactNode;
  readonly ariaLabel: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** `zero-log`: 0 at the left end, logarithmic from there on. */
  readonly scale?: ScaleKind;
  /** Of a linear scale; a hundredth of the range unless given. */
  readonly step?: number;
  readonly format: (value: number) => string;
  readonly color?: Accent;
  readonly onChange: (value: number) => void;
  /** When the hand lets go, and after every key. */
  readonly onChangeEnd?: (value: number) => void;
  readonly isDisabled?: boolean;
}

/** Stops each key moves by. */
const KEY_STOPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 5, PageDown: -5 };

export function Slider(props: SliderProps) {
  const {
    label,
    ariaLabel,
    value,
    min,
    max,
    scale: kind = "linear",
    step,
    format,
    color = "ink",
    onChange,
    onChangeEnd,
    isDisabled,
  } = props;
  const scale = useMemo(() => sliderScale(kind, min, max, step), [kind, min, max, step]);
  const input = useRef<HTMLInputElement>(null);
  const position = scale.toPosition(value);

  // The browser's own `change` says that the hand let go; React's onChange is its `input`.
  const release = useEffectEvent(() => onChangeEnd?.(scale.toValue(input.current!.valueAsNumber)));
  useEffect(() => {
    const element = input.current!;
    const onRelease = () => release();
    element.addEventListener("change", onRelease);
    return () => element.removeEventListener("change", onRelease);
  }, []);

  function onKeyDown(event: KeyboardEvent) {
    const stops = KEY_STOPS[event.key];
    if (stops === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault(); // the browser would move by a hundredth, between the stops
    const next = scale.move(value, stops);
    if (next === value) return;
    onChange(next);
    onChangeEnd?.(next);
  }

  const style: CssVariables = { ...accentStyle(color), "--filled": position / scale.last };
  return (
    <div className={styles.slider} style={style} data-color={color} data-disabled={isDisabled || undefined}>
      <span className={styles.label}>{label}</span>
      <input
        ref={input}
        className={styles.track}
        type="range"
        min={0}
        max={scale.last}
        step="any"
        value={position}
        aria-label={ariaLabel}
        aria-valuetext={format(value)}
        disabled={isDisabled}
        onChange={(event) => onChange(scale.toValue(event.target.valueAsNumber))}
        onKeyDown={onKeyDown}
      />
      <span className={styles.value} aria-hidden>
        {format(value)}
      </span>
    </div>
  );
}
