/** Plays the film along the paths, there and back, by moving `explorer.trailAt`; never begins by itself. */
import { useEffect, useState } from "react";
import { useStores } from "../../stores";

/** Of one leg of a path, there. */
const LEG_MS = 2500;

export interface Playback {
  readonly isPlaying: boolean;
  readonly toggle: () => void;
  readonly stop: () => void;
}

/** @param legs of the path; 0 where there is nothing to play */
export function usePlayback(legs: number): Playback {
  const { explorer } = useStores();
  const [isOn, setIsOn] = useState(false);
  const isPlaying = isOn && legs > 0;

  useEffect(() => {
    if (!isPlaying) return;
    let direction = (explorer.getState().trailAt ?? 0) >= 1 ? -1 : 1;
    let before: number | null = null;
    let frame = requestAnimationFrame(function move(now) {
      // A tab that was hidden goes on where it stopped.
      const elapsed = before === null ? 0 : Math.min(now - before, 100);
      before = now;
      const next = advance(explorer.getState().trailAt ?? 0, direction, elapsed / (LEG_MS * legs));
      direction = next.direction;
      explorer.getState().set({ trailAt: next.at });
      frame = requestAnimationFrame(move);
    });
    return () => cancelAnimationFrame(frame);
  }, [explorer, isPlaying, legs]);

  return { isPlaying, toggle: () => setIsOn(!isPlaying), stop: () => setIsOn(false) };
}

/** A place from 0 to 1 moved on by a share of the way, turned round at the ends. */
export function advance(at: number, direction: number, share: number): { readonly at: number; readonly direction: number } {
  const next = at + direction * share;
  if (next > 1) return { at: Math.max(0, 2 - next), direction: -1 };
  if (next < 0) return { at: Math.min(1, -next), direction: 1 };
  return { at: next, direction };
}
