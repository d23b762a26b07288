/**
 * The geodesic through a list of stations, asked of the survey: at once when the stations
 * change, and when the model changes too, unless it is being trained; then it grows old
 * and is asked for again when the visitor says so. Progress is shown as it comes.
 */
import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { Floats } from "../../../protocol/messages";
import type { SurveyModel } from "../../../protocol/survey";
import { useStores } from "../../stores";
import { pointsFor, stationsKey } from "./path-plan";

export interface GeodesicState {
  /** `none`: not wanted, or there is nothing to go between. */
  readonly phase: "none" | "working" | "done" | "stopped" | "failed";
  /** As far as it has come, `[points, latentDim]`; null before the first part. */
  readonly path: Floats | null;
  readonly done: number;
  readonly total: number;
  /** Key of the model it was made for. */
  readonly model: string | null;
}

export interface Geodesic extends GeodesicState {
  /** Whether it belongs to an earlier state of the model. */
  readonly isOld: boolean;
  readonly compute: () => void;
  readonly stop: () => void;
}

interface Wanted {
  readonly stations: readonly (readonly number[])[];
  readonly label: number;
  readonly model: SurveyModel | null;
  readonly isWanted: boolean;
  /** The weights change many times a minute. */
  readonly isTraining: boolean;
}

const NONE: GeodesicState = { phase: "none", path: null, done: 0, total: 1, model: null };

export function useGeodesic({ stations, label, model, isWanted, isTraining }: Wanted): Geodesic {
  const { survey } = useStores();
  // A path belongs to its stations: that of others is not shown for a moment.
  const subject = isWanted && stations.length > 1 && model !== null ? `${stationsKey(stations)} ${label}` : null;
  const [known, setKnown] = useState<{ readonly subject: string | null; readonly state: GeodesicState }>({ subject: null, state: NONE });
  const underWay = useRef<AbortController | null>(null);
  const state = known.subject === subject ? known.state : NONE;

  const [request, setRequest] = useState(0);

  const start = useEffectEvent(() => {
    underWay.current?.abort(new DOMException("another geodesic is wanted", "AbortError"));
    underWay.current = null;
    if (subject === null || model === null) return;
    const asked = new AbortController();
    underWay.current = asked;
    const tell = (change: Partial<GeodesicState>) => {
      if (asked !== underWay.current) return;
      setKnown((before) => ({ subject, state: { ...(before.subject === subject ? before.state : NONE), ...change } }));
    };
    tell({ phase: "working", done: 0, total: 1, model: model.key });
    survey
      .ask(
        "geodesic",
        { codes: stations, points: pointsFor(stations.length), label },
        { model, signal: asked.signal, onPart: ({ path, done, total }) => tell({ path, done, total }) },
      )
      .then(({ path }) => tell({ phase: "done", path }))
      .catch(() => tell({ phase: asked.signal.aborted ? "stopped" : "failed" }));
  });

  const modelKey = model?.key ?? null;
  const followed = isTraining ? null : modelKey; // while training, the model's changes start nothing
  const last = useRef<{ readonly subject: string | null; readonly request: number } | null>(null);
  useEffect(() => {
    const isSame = last.current?.subject === subject && last.current.request === request;
    if (isSame && followed === null) return;
    last.current = { subject, request };
    start();
  }, [subject, followed, request]);
  useEffect(() => () => underWay.current?.abort(new DOMException("the panel is closed", "AbortError")), []);

  return {
    ...state,
    isOld: state.model !== null && state.model !== modelKey,
    compute: () => setRequest((before) => before + 1),
    stop: () => underWay.current?.abort(new DOMException("stopped", "AbortError")),
  };
}
