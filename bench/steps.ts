/** A page that holds one station or the endurance run; the runner (`run.ts`) talks to it. */
import { createEndurance, type Endurance } from "./endurance";
import { createStation, type Station } from "./station";

declare global {
  interface Window {
    benchStation: () => Station;
    benchEndurance: () => Endurance;
  }
}

/** Makes it once. */
function once<T>(make: () => T): () => T {
  let made: T | null = null;
  return () => (made ??= make());
}

window.benchEndurance = once(createEndurance);
window.benchStation = once(createStation);
