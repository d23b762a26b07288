/**
 * Has training images encoded as soon as they are wanted as points, part by part, and again
 * when the model on screen has become another and stays so for a while; while training not before it rests, as
 * none of so many would ever be finished.
 */
import { useEffect, useState } from "react";
import type { CodesPart, SurveyModel } from "../../protocol/survey";
import type { ManyCodes } from "../../store/explorer-store";
import { useRested } from "../explore/use-rested";
import { useExplorer, useRun, useStores } from "../stores";

/** A model that changes more often than this is not worth thousands of encodings. */
const REST_MS = 1_500;
/** What is asked for in mid-training is of a model no older than this. */
const MOST_MS = 8_000;

export function useManyCodes(model: SurveyModel | null): void {
  const { survey, explorer } = useStores();
  const wanted = useExplorer((state) => state.manyWanted);
  const isTraining = useRun(({ phase }) => phase === "training");
  const rested = useRested(model, REST_MS, MOST_MS);
  const coming = rested?.config === model?.config ? rested : model; // another experiment's model is nothing to wait for
  const [held, setHeld] = useState(coming);
  const isHeld = isTraining && wanted !== null && held !== null && held.config === coming?.config;
  if (!isHeld && held !== coming) setHeld(coming);
  const asked = isHeld ? held : coming;
  useEffect(() => {
    const { many, set } = explorer.getState();
    if (wanted === null || asked === null || asked.config.model === "gan") {
      if (many !== null) set({ many: null });
      return;
    }
    if (many?.model === asked.key && many.done === many.total && many.total >= Math.min(wanted, asked.config.trainSize)) return;
    const control = new AbortController();
    let codes: ManyCodes | null = null;
    const onPart = (part: CodesPart) => {
      codes = withPart(codes, part, asked.key, asked.config.latentDim);
      // A map that is full of the former model's points keeps them until the new ones are all there.
      const isFirst = (explorer.getState().many?.model ?? asked.key) === asked.key;
      if (isFirst || codes.done === codes.total) set({ many: codes });
    };
    survey.ask("codes", { images: wanted }, { model: asked, onPart, signal: control.signal }).catch(() => {
      // What has come stays; where nothing has, as offline, the wish is given back.
      if (!control.signal.aborted) set({ isManyRefused: true, ...(codes === null && { manyWanted: null }) });
    });
    return () => control.abort(new DOMException("no longer wanted", "AbortError"));
  }, [survey, explorer, wanted, asked]);
}

/** The codes so far with those of one more part; its arrays are shared, the object is new. */
export function withPart(before: ManyCodes | null, part: CodesPart, model: string, latentDim: number): ManyCodes {
  const { from, total, mean, logVar, labels } = part;
  const codes = before ?? {
    model,
    mean: new Float32Array(total * latentDim),
    logVar: logVar === null ? null : new Float32Array(total * latentDim),
    labels: new Uint8Array(total),
    done: 0,
    total,
  };
  codes.mean.set(mean, from * latentDim);
  if (logVar !== null) codes.logVar?.set(logVar, from * latentDim);
  codes.labels.set(labels, from);
  return { ...codes, done: from + labels.length };
}
