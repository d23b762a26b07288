/**
 * The films of the paths on the map, decoded on the page between other tasks. A film stays
 * on screen until the next one of its path is there; while the model changes faster than
 * films are made, models are passed over, never films begun anew.
 */
import { useEffect, useRef, useState } from "react";
import type { Floats } from "../../../protocol/messages";
import { currentModel, toldClass, type Model } from "../../../store/model-view";
import type { PathKind, Trail } from "../../../store/explorer-store";
import { useProbe, useRun } from "../../stores";
import { decodePath, measureFilm, type PathFilm } from "./path-film";

export interface TrailFilm extends PathFilm {
  readonly kind: PathKind;
  readonly codes: Floats;
}

interface Made {
  readonly model: Model;
  readonly label: number;
  readonly film: TrailFilm;
}

/** In the order of the trails; those whose first film is not there yet are missing. */
export function useFilms(trails: readonly Trail[]): readonly TrailFilm[] {
  const model = useRun(currentModel);
  const told = useProbe((state) => state.label);
  const [films, setFilms] = useState<readonly TrailFilm[]>([]);
  const wanted = useRef({ trails, model, told });
  const isBusy = useRef(false);
  const closed = useRef<AbortController | null>(null);

  useEffect(() => {
    const open = new AbortController();
    closed.current = open;
    return () => open.abort(new DOMException("the panel is closed", "AbortError"));
  }, []);

  useEffect(() => {
    wanted.current = { trails, model, told };
    const signal = closed.current!.signal;
    if (isBusy.current || signal.aborted) return;
    isBusy.current = true;
    void makeFilms(wanted, signal, setFilms)
      .catch(() => {}) // called off
      .finally(() => (isBusy.current = false));
  }, [trails, model, told]);

  return films.filter(({ kind }) => trails.some((trail) => trail.kind === kind));
}

interface Wanted {
  readonly trails: readonly Trail[];
  readonly model: Model | null;
  readonly told: number;
}

/** Of what is no longer wanted nothing is kept; what is unchanged is not made again. */
const made = new WeakMap<Floats, Made>();

/** Goes on until what it has made is what is wanted now. */
async function makeFilms(
  wanted: { readonly current: Wanted },
  signal: AbortSignal,
  show: (films: readonly TrailFilm[]) => void,
): Promise<void> {
  for (let goal: Wanted | null = null; goal !== wanted.current;) {
    goal = wanted.current;
    const { trails, model, told } = goal;
    if (model === null) return;
    const label = toldClass(model.network, told) ?? 0;
    const { latentDim } = model.network;
    const films: TrailFilm[] = [];
    for (const { kind, codes } of trails) {
      const known = made.get(codes);
      if (known?.model === model && known.label === label) {
        films.push(known.film);
        continue;
      }
      const frames = await decodePath(model, codes, label, signal);
      const film = { kind, codes, ...measureFilm(frames, codes, latentDim) };
      made.set(codes, { model, label, film });
      films.push(film);
    }
    show(films);
  }
}
