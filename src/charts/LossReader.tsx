/**
 * Reads the curves: point at a step, or focus the chart and use the arrow keys. A press
 * keeps the step, Escape lets go of it. Where the model of a step can be shown, a press, a
 * drag or Enter shows it, and Escape shows the newest again.
 *
 * To keyboards and screen readers it is a slider whose value is spoken in full; the
 * pointer is read by the plot around it, which knows where a step lies to the pixel.
 * While nobody reads, the slider rests on the last step.
 */
import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import type { LossChartData } from "./loss-data";
import type { LossLayout } from "./loss-layout";
import { ratesAt } from "./loss-marks";
import { readAt, stepBeside, type Reading } from "./loss-read";
import type { LossText } from "./loss-text";
import { LossReadout } from "./LossReadout";
import styles from "./LossCurves.module.css";

interface LossReaderProps {
  readonly data: LossChartData;
  readonly layout: LossLayout;
  readonly text: LossText;
  /** Wants the model of a step shown; null: the run as it stands. */
  readonly onShow?: ((step: number | null) => void) | undefined;
}

/** Pixels a key moves by, with Shift and the Page keys `FAR` of them. */
const KEY_DIRECTIONS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: 1,
  PageDown: -1,
};
const NEAR = 1;
const FAR = 25;

export function LossReader({ data, layout, text, onShow }: LossReaderProps) {
  const slider = useRef<HTMLInputElement>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  const [held, setHeld] = useState<number | null>(null);
  const { left, right, top, bottom } = layout;
  const { rows } = data;
  const lastStep = rows.step[rows.length - 1]!;
  const wanted = hovered ?? held;
  const reading = readAt(data, wanted ?? lastStep)!;

  /** May lie beyond the curves while a drag does; what reads it takes the nearest. */
  const stepUnder = (event: PointerEvent) => layout.x.invert(event.clientX - event.currentTarget.getBoundingClientRect().left + left);

  function hold(event: PointerEvent) {
    event.preventDefault(); // would take the focus back to the page
    slider.current?.focus();
    if (event.isPrimary) event.currentTarget.setPointerCapture(event.pointerId); // a hand that slips off goes on dragging
    setHeld(stepUnder(event));
    if (event.button === 0) onShow?.(stepUnder(event));
  }

  function move(event: PointerEvent) {
    setHovered(stepUnder(event));
    if ((event.buttons & 1) === 0) return;
    setHeld(stepUnder(event));
    onShow?.(stepUnder(event));
  }

  function onKeyDown(event: KeyboardEvent) {
    const direction = KEY_DIRECTIONS[event.key];
    const isFar = event.shiftKey || event.key.startsWith("Page");
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (direction !== undefined) setHeld(stepBeside(data, layout.x, reading.toStep, direction * (isFar ? FAR : NEAR)));
    else if (event.key === "Home") setHeld(rows.step[0]!);
    else if (event.key === "End") setHeld(lastStep);
    else if (event.key === "Enter") onShow?.(reading.toStep);
    else if (event.key === "Escape") {
      setHeld(null);
      onShow?.(null);
    } else return;
    setHovered(null);
    event.preventDefault();
  }

  return (
    <>
      <div
        className={styles.reader}
        style={{ left, top, width: right - left, height: bottom - top }}
        onPointerMove={move}
        onPointerLeave={() => setHovered(null)}
        onPointerDown={hold}
      >
        <input
          ref={slider}
          type="range"
          aria-label={text.reader}
          aria-valuetext={readingText(reading, text)}
          min={rows.step[0]}
          max={lastStep}
          value={reading.toStep}
          onChange={(event) => setHeld(event.target.valueAsNumber)}
          onFocus={() => setHeld((step) => step ?? lastStep)}
          onBlur={() => setHeld(null)}
          onKeyDown={onKeyDown}
        />
      </div>
      {wanted !== null && <LossReadout reading={reading} rates={ratesAt(data.rates, reading.toStep)} layout={layout} text={text} />}
    </>
  );
}

/** `step 70, epoch 1: objective 203.1, held-out 199.7; reconstruction …` */
function readingText(reading: Reading, text: LossText): string {
  const values = reading.values.map(({ name, training, heldOut }) => {
    const trained = `${name} ${text.nats(training)}`;
    return heldOut === null ? trained : `${trained}, ${text.heldOut} ${text.nats(heldOut)}`;
  });
  return `${text.step} ${text.count(reading.toStep)}, ${text.epoch} ${text.count(reading.epoch)}: ${values.join("; ")}`;
}
