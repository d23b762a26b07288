/**
 * The turn of the data space for keyboards and screen readers: two sliders out of sight
 * on the picture. Arrow keys turn it both ways in either of them, as they move the probe.
 */
import type { KeyboardEvent } from "react";
import { FIRST_TURN, turnBy, type Turn } from "../../charts/data-space-layout";
import { useText } from "../../i18n/use-text";

const DEGREE = Math.PI / 180;
/** Degrees; with Shift the larger one. */
const STEP = { small: 5, large: 20 } as const;

/** Key → steps of yaw and pitch. */
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

interface TurnKeysProps {
  readonly turn: Turn;
  readonly onTurn: (turn: Turn) => void;
}

export function TurnKeys({ turn, onTurn }: TurnKeysProps) {
  const { t } = useText("adversary");

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const arrow = ARROWS[event.key];
    const step = (event.shiftKey ? STEP.large : STEP.small) * DEGREE;
    if (arrow !== undefined) onTurn(turnBy(turn, arrow[0] * step, arrow[1] * step));
    else if (event.key === "Home") onTurn(FIRST_TURN);
    else return;
    event.preventDefault();
  }

  const slider = (part: keyof Turn, limit: number) => {
    const degrees = Math.round(turn[part] / DEGREE);
    return (
      <input
        type="range"
        min={-limit}
        max={limit}
        step="any"
        value={degrees}
        aria-label={t(`space.${part}`)}
        aria-valuetext={`${degrees}°`}
        onChange={(event) => onTurn({ ...turn, [part]: event.target.valueAsNumber * DEGREE })}
        onKeyDown={onKeyDown}
      />
    );
  };
  return (
    <fieldset className="visually-hidden" aria-label={t("space.turn")}>
      {slider("yaw", 180)}
      {slider("pitch", 90)}
    </fieldset>
  );
}
