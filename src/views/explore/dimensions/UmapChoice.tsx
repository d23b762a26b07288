/** The map as UMAP draws it: with what wishes, how far it has come, and what it does to distances. */
import { useStore } from "zustand";
import { useText } from "../../../i18n/use-text";
import { countText, fixedText } from "../../../lib/number-text";
import { Button } from "../../../ui/Button";
import { NumberField } from "../../../ui/NumberField";
import { useCloud } from "../../latent/use-cloud";
import { useExplorer, useRun, useStores } from "../../stores";
import styles from "./DimensionsPanel.module.css";
import { stepOf } from "./model-step";
import { umapJobOf, type UmapState } from "./umap-job";

/** UMAP compares each code with so many others; below two there is no neighbourhood. */
const NEIGHBOURS = { min: 2, max: 100 } as const;
const MIN_DIST = { min: 0, max: 0.99 } as const;
const SEED = { min: 0, max: 2 ** 31 - 1 } as const;

type Range = { readonly min: number; readonly max: number };
const isIn = ({ min, max }: Range, value: number) => value >= min && value <= max;

export function UmapChoice() {
  const { t } = useText("dimensions");
  const job = useStore(umapJobOf(useStores()));
  const codes = useCloud()?.codes ?? null;
  const latentDim = useRun((state) => state.network.latentDim);
  const step = useRun((state) => state.snapshot?.step ?? 0);
  const count = codes === null ? 0 : codes.length / latentDim;
  const neighbours = { min: NEIGHBOURS.min, max: Math.max(NEIGHBOURS.min, Math.min(NEIGHBOURS.max, count - 1)) };
  const isRunning = job.stage === "running";
  const isSound =
    Number.isInteger(job.neighbours) &&
    isIn(neighbours, job.neighbours) &&
    isIn(MIN_DIST, job.minDist) &&
    Number.isInteger(job.seed) &&
    isIn(SEED, job.seed);
  const between = (range: Range, value: number, isWhole: boolean) =>
    isIn(range, value) && (!isWhole || Number.isInteger(value)) ? null : t("between", range);

  return (
    <>
      <p className={styles.note}>{t("umapNote")}</p>
      <div className={styles.fields}>
        <NumberField
          label={t("neighbours")}
          value={job.neighbours}
          {...neighbours}
          onChange={(value) => job.wish({ neighbours: value })}
          issue={between(neighbours, job.neighbours, true)}
        />
        <NumberField
          label={t("minDist")}
          value={job.minDist}
          {...MIN_DIST}
          onChange={(minDist) => job.wish({ minDist })}
          issue={between(MIN_DIST, job.minDist, false)}
        />
        <NumberField
          label={t("seed")}
          value={job.seed}
          {...SEED}
          onChange={(seed) => job.wish({ seed })}
          issue={between(SEED, job.seed, true)}
        />
      </div>
      <div className={styles.row}>
        {isRunning ? (
          <Button onPress={job.stop}>{t("stop")}</Button>
        ) : (
          <Button
            variant="primary"
            isDisabled={!isSound || codes === null || count <= NEIGHBOURS.min}
            onPress={() => codes !== null && job.start(codes, latentDim, step)}
          >
            {t(job.stage === "none" ? "drawUmap" : "drawUmapAgain", { number: countText(count) })}
          </Button>
        )}
      </div>
      <Progress job={job} />
      <Origin />
      <p className={styles.note}>{t("umapWarning")}</p>
    </>
  );
}

function Progress({ job: { stage, done, total } }: { readonly job: UmapState }) {
  const { t } = useText("dimensions");
  if (stage === "none") return null;
  const percent = fixedText(total > 0 ? (100 * done) / total : 0, 0);
  return (
    <div className={styles.progress}>
      {stage === "running" && <progress aria-label={t("umapProgress")} value={done} max={total || 1} />}
      {/* Read out at its ends only: a figure for every round would never stop talking. */}
      <output className={stage === "running" ? "visually-hidden" : styles.note}>
        {stage === "running" ? t("umapRunning") : t(`umapStage.${stage}`, { percent })}
      </output>
      {stage === "running" && <span aria-hidden>{percent} %</span>}
    </div>
  );
}

/** Of which model the picture is. */
function Origin() {
  const { t } = useText("dimensions");
  const embedding = useExplorer((state) => state.embedding);
  const codes = useCloud()?.codes ?? null;
  const now = useRun((state) => state.snapshot?.step ?? null);
  const step = stepOf(embedding?.codes ?? null);
  if (step === null || now === null) return null;
  return (
    <p className={styles.note}>
      {t("umapStep", { step: countText(step) })} {embedding?.codes !== codes && t("umapOld", { step: countText(now) })}
    </p>
  );
}
