/** A value as it was when it last came to rest, for answers that are too dear to give at every step of a drag. */
import { useEffect, useRef, useState } from "react";

/**
 * @param restMs how long it must stay the same
 * @param mostMs after so long it is taken although it goes on changing
 */
export function useRested<Value>(value: Value, restMs = 180, mostMs = 900): Value {
  const [rested, setRested] = useState(value);
  const movingSince = useRef<number | null>(null);
  useEffect(() => {
    if (Object.is(value, rested)) {
      movingSince.current = null;
      return;
    }
    movingSince.current ??= performance.now();
    const waitMs = Math.min(restMs, Math.max(0, movingSince.current + mostMs - performance.now()));
    const timer = setTimeout(() => {
      movingSince.current = null;
      setRested(() => value);
    }, waitMs);
    return () => clearTimeout(timer);
  }, [value, rested, restMs, mostMs]);
  return rested;
}
