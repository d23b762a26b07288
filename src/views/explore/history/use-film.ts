/**
 * The run's past as a film: moment after moment, each for the same time, up to now. As
 * moments lie closer together at the beginning, it is slow where the map forms.
 */
import { useEffect, useEffectEvent, useState } from "react";
import { useExplorer, useStores } from "../../stores";

export interface Film {
  readonly isPlaying: boolean;
  /** From the moment shown, or from the first when that is now. */
  readonly play: () => void;
  readonly stop: () => void;
  /** Shows the next moment; after the last one, now. False when that is it. */
  readonly advance: () => boolean;
}

export function useFilm(): Film {
  const { run } = useStores();
  const momentMs = useExplorer((state) => state.filmMs);
  const [isPlaying, setIsPlaying] = useState(false);

  const advance = (): boolean => {
    const { moments, shown, newest, showMoment, showNewest } = run.getState();
    const step = shown.kind === "moment" ? shown.step : -1;
    const next = moments.find((moment) => moment.step > step);
    if (next === undefined || next.step === newest?.step) {
      showNewest();
      return false;
    }
    showMoment(next.step);
    return true;
  };
  const turn = useEffectEvent(() => {
    // Who takes the run up again, or another one, has left the film.
    if (run.getState().shown.kind !== "moment" || !advance()) setIsPlaying(false);
  });
  useEffect(() => {
    if (!isPlaying) return;
    const timer = setInterval(() => turn(), momentMs);
    return () => clearInterval(timer);
  }, [isPlaying, momentMs]);

  return {
    isPlaying,
    play: () => setIsPlaying(advance()),
    stop: () => setIsPlaying(false),
    advance,
  };
}
