/**
 * Principal components of the codes on screen, in the explorer's `basis`: taken when they are first wanted, taken anew
 * whenever the model has changed and rests, and on request while it trains.
 */
import { useEffect, useState } from "react";
import type { Floats } from "../../../protocol/messages";
import { useCloud } from "../../latent/use-cloud";
import { useExplorer, useRun, useStores } from "../../stores";
import { stepOf, tellStep } from "./model-step";
import { alignSigns } from "./principal-signs";

interface Principal {
  /** Step of the model whose codes it was taken of; null before. */
  readonly step: number | null;
  /** Whether the model on screen is another one. */
  readonly isOld: boolean;
  readonly isAsking: boolean;
  readonly hasFailed: boolean;
  readonly renew: () => void;
}

/** What a basis was taken of. */
const sources = new WeakMap<object, Floats>();

/** @param isWanted nothing is taken otherwise; the first basis that comes becomes the map. */
export function usePrincipal(isWanted: boolean): Principal {
  const { survey, explorer } = useStores();
  const codes = useCloud()?.codes ?? null;
  const latentDim = useRun((state) => state.network.latentDim);
  const step = useRun((state) => state.snapshot?.step ?? 0);
  const isResting = useRun(({ phase, shown }) => phase !== "training" || shown.kind !== "newest");
  const basis = useExplorer((state) => state.basis);
  const [requested, setRequested] = useState<Floats | null>(null);
  const [answered, setAnswered] = useState<{ readonly codes: Floats; readonly isRefused: boolean } | null>(null);

  const isOld = basis !== null && codes !== null && sources.get(basis) !== codes;
  const isDue = basis === null || (isOld && (isResting || requested === codes));
  const isRefused = answered !== null && answered.codes === codes && answered.isRefused;
  const asked = isWanted && isDue && !isRefused ? codes : null;

  useEffect(() => {
    if (asked === null) return;
    const open = new AbortController();
    survey.ask("principal", { codes: asked, latentDim }, { signal: open.signal }).then(
      (found) => {
        const { basis: former, map, set } = explorer.getState();
        const aligned = tellStep(alignSigns(found, former), step);
        sources.set(aligned, asked);
        setAnswered({ codes: asked, isRefused: false });
        set({ basis: aligned, ...(map.kind === "principal" ? {} : { map: { kind: "principal", components: [0, 1] } }) });
      },
      () => !open.signal.aborted && setAnswered({ codes: asked, isRefused: true }),
    );
    return () => open.abort();
    // `step` is that of these codes: it does not change without them.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [survey, explorer, asked, latentDim]);

  const renew = () => {
    setAnswered(null);
    setRequested(codes);
  };
  return { step: stepOf(basis), isOld, isAsking: asked !== null, hasFailed: isRefused, renew };
}
