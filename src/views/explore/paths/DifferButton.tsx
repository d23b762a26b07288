/** Lays out an example: the two of some real codes between which straight line and geodesic differ most on this model. */
import { useEffect, useRef, useState } from "react";
import { useText } from "../../../i18n/use-text";
import { currentModel, toldClass } from "../../../store/model-view";
import { Button } from "../../../ui/Button";
import { useCloud } from "../../latent/use-cloud";
import { useProbe, useRun, useStores } from "../../stores";
import { useSurveyModel } from "../survey-model";
import { findDiffering, type Candidate } from "./differing";
import styles from "./paths.module.css";
import { codeOf } from "./use-examples";

/** Codes of real images, 190 pairs of them: pairs grow with their square. */
const CANDIDATES = 20;

interface DifferButtonProps {
  /** Hears the numbers of the two new pins. */
  readonly onFound: (ids: readonly number[]) => void;
}

export function DifferButton({ onFound }: DifferButtonProps) {
  const { t } = useText("paths");
  const { survey, explorer } = useStores();
  const model = useRun(currentModel);
  const surveyed = useSurveyModel();
  const told = useProbe((state) => state.label);
  const candidates = useCandidates();
  const [state, setState] = useState<{ readonly done: number; readonly total: number } | "idle" | "failed">("idle");
  const asked = useRef<AbortController | null>(null);
  useEffect(() => () => asked.current?.abort(new DOMException("the panel is closed", "AbortError")), []);

  async function look() {
    if (model === null || surveyed === null) return;
    const { signal } = (asked.current = new AbortController());
    const label = toldClass(model.network, told) ?? 0;
    setState({ done: 0, total: 1 });
    try {
      const onProgress = (done: number, total: number) => setState({ done, total });
      const pair = await findDiffering(candidates, { model, surveyed, survey, label, signal, onProgress });
      setState("idle");
      if (pair !== null) onFound(pair.map(({ z, label: of }) => explorer.getState().pin({ z, origin: "example", label: of })));
    } catch {
      if (!signal.aborted) setState("failed");
    }
  }

  return (
    <div className={styles.part}>
      {typeof state === "object" ? (
        <output className={styles.row}>
          <progress value={state.done} max={state.total} aria-label={t("differ.searching")} />
          {t("differ.searching")}
          <Button
            variant="quiet"
            onPress={() => {
              asked.current?.abort(new DOMException("stopped", "AbortError"));
              setState("idle");
            }}
          >
            {t("geodesic.stop")}
          </Button>
        </output>
      ) : (
        <div className={styles.row}>
          <Button isDisabled={candidates.length < 2 || model === null} onPress={() => void look()}>
            {t("differ.button")}
          </Button>
        </div>
      )}
      <p className={styles.hint}>{t(state === "failed" ? "differ.failed" : "differ.note")}</p>
    </div>
  );
}

/** Codes from all over the examples, the same ones every time. */
function useCandidates(): Candidate[] {
  const cloud = useCloud();
  const latentDim = useRun((state) => state.network.latentDim);
  if (cloud === null) return [];
  const count = Math.floor(cloud.codes.length / latentDim);
  return Array.from({ length: Math.min(CANDIDATES, count) }, (_, i) => {
    const index = Math.floor((i * count) / Math.min(CANDIDATES, count));
    return { z: codeOf(cloud, latentDim, index), label: cloud.labels?.[index] ?? null };
  });
}
