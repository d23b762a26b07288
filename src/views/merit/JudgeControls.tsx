/** How thoroughly to judge, the button that does, how far it has come. Asks once more at any time; the run goes on by itself after it. */
import { useId, useState } from "react";
import { useText } from "../../i18n/use-text";
import { countText } from "../../lib/number-text";
import { DATASETS, isPointCloud } from "../../protocol/datasets";
import { FINAL_REQUEST, IWAE_SAMPLES } from "../../protocol/figures";
import { Button } from "../../ui/Button";
import { Select } from "../../ui/Select";
import { useRun, useStores } from "../stores";
import styles from "./FiguresPanel.module.css";
import { TakenAt } from "./TakenAt";

/** Fewer are too few for an error worth showing; more than a thousand is all of most data sets. */
const IMAGES = [200, 500, 1_000];

export function JudgeControls() {
  const { t } = useText("merit");
  const { run } = useStores();
  const judging = useRun((state) => state.judging);
  const isJudged = useRun((state) => state.figures !== null);
  const canJudge = useRun((state) => state.ready !== null && state.phase !== "failed");
  const [samples, setSamples] = useState(FINAL_REQUEST.importanceSamples);
  const [wished, setImages] = useState(FINAL_REQUEST.images);
  const { model, data } = useRun((state) => state.config);
  const { heldOut } = DATASETS[data];
  const choices = [...IMAGES.filter((count) => count < heldOut), heldOut];
  const images = Math.min(wished, heldOut);
  const unit = model === "gan" ? "draws" : isPointCloud(data) ? "points" : "images";

  if (judging !== null) return <Judging {...judging} />;
  return (
    <div className={styles.controls}>
      <Button
        variant={isJudged ? "plain" : "primary"}
        isDisabled={!canJudge}
        onPress={() => run.getState().judge({ importanceSamples: samples, images })}
      >
        {isJudged ? t("again") : t("judge")}
      </Button>
      {model === "vae" && (
        <Select
          label={t("samplesLabel")}
          isLabelHidden
          options={IWAE_SAMPLES.map((k) => ({ id: String(k), label: `${t("samples")} = ${k}` }))}
          value={String(samples)}
          onChange={(k) => setSamples(Number(k))}
        />
      )}
      <Select
        label={t(`${unit}Label`)}
        isLabelHidden
        options={choices.map((count) => ({ id: String(count), label: `${countText(count)} ${t(unit)}` }))}
        value={String(images)}
        onChange={(count) => setImages(Number(count))}
      />
      <TakenAt />
    </div>
  );
}

function Judging({ done, total }: { readonly done: number; readonly total: number }) {
  const { t } = useText("merit");
  const { run } = useStores();
  const id = useId();
  const isTraining = useRun((state) => state.phase === "training");
  return (
    <div className={styles.controls}>
      <Button onPress={() => run.getState().stopJudging()}>{t("stop")}</Button>
      <progress aria-labelledby={id} className={styles.progress} value={done} max={total} />
      <p id={id} className={styles.note}>
        {t("progress", { percent: Math.floor((100 * done) / total) })}
        {isTraining && ` · ${t("waits")}`}
      </p>
    </div>
  );
}
