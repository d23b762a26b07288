/** The slider over the moments of a run: ticks where there are any, closer together at the beginning. */
import type { CSSProperties, KeyboardEvent } from "react";
import { useText } from "../../../i18n/use-text";
import { countText } from "../../../lib/number-text";
import { nearestTick, tickOfStep, type FilmTick } from "./film-ticks";
import styles from "./HistoryBar.module.css";

interface FilmSliderProps {
  readonly ticks: readonly FilmTick[];
  /** Step of the moment shown; null: now. */
  readonly step: number | null;
  /** Index of a tick. */
  readonly onChange: (index: number) => void;
}

/** Moments each key goes by. */
const KEY_TICKS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 5, PageDown: -5 };

export function FilmSlider({ ticks, step, onChange }: FilmSliderProps) {
  const { t } = useText("history");
  const last = ticks.length - 1;
  const index = step === null ? last : tickOfStep(ticks, step);
  const lastStep = countText(ticks[last]!.step);

  function onKeyDown(event: KeyboardEvent) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const by = KEY_TICKS[event.key];
    const next = event.key === "Home" ? 0 : event.key === "End" ? last : by === undefined ? null : index + by;
    if (next === null) return;
    event.preventDefault();
    onChange(Math.max(0, Math.min(last, next)));
  }

  const style = { "--at": ticks[index]!.at } as CSSProperties;
  return (
    <div className={styles.track} style={style}>
      <div className={styles.ticks} aria-hidden>
        {ticks.map(({ step: each, at }) => (
          <span key={each} style={{ "--at": at } as CSSProperties} />
        ))}
      </div>
      <input
        type="range"
        min={0}
        max={1}
        step="any"
        value={ticks[index]!.at}
        aria-label={t("slider")}
        aria-valuetext={step === null ? t("now", { step: lastStep }) : t("at", { step: countText(step), last: lastStep })}
        onChange={(event) => onChange(nearestTick(ticks, event.target.valueAsNumber))}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}
