/**
 * For more than two latent dimensions: which two are shown, and where the probe stands in
 * all the others. Beside each dimension its KL, so that a collapsed one is known at sight.
 */
import { ArrowLeftRight } from "lucide-react";
import { useMemo } from "react";
import { useText } from "../../i18n/use-text";
import { clamp } from "../../lib/clamp";
import { fixedText } from "../../lib/number-text";
import type { CssVariables } from "../../ui/accent";
import { Button } from "../../ui/Button";
import { IconButton } from "../../ui/IconButton";
import { Select } from "../../ui/Select";
import { Term } from "../Term";
import { useProbe, useRun, useStores } from "../stores";
import { codeReach, klPerDimension } from "./latent-statistics";
import { axisName } from "./latent-text";
import styles from "./OtherDimensions.module.css";

/** Reach of the sliders, three standard deviations of the prior; an autoencoder's follows its codes. */
const REACH = 3;

export function OtherDimensions() {
  const latentDim = useRun((state) => state.network.latentDim);
  return latentDim > 2 ? <Controls latentDim={latentDim} /> : null;
}

function Controls({ latentDim }: { readonly latentDim: number }) {
  const { t } = useText("latent");
  const { probe } = useStores();
  const snapshot = useRun((state) => state.snapshot);
  const [across, up] = useProbe((state) => state.axes);
  const setAxes = useProbe((state) => state.setAxes);
  const kl = useMemo(() => {
    if (snapshot === null || snapshot.posteriorLogVar === null) return null;
    return klPerDimension(snapshot.posteriorMean, snapshot.posteriorLogVar, latentDim);
  }, [snapshot, latentDim]);
  const reach = useMemo(() => {
    if (snapshot === null || snapshot.posteriorLogVar !== null) return REACH;
    return Math.max(REACH, Math.ceil(codeReach(snapshot.posteriorMean)));
  }, [snapshot]);
  const dimensions = Array.from({ length: latentDim }, (_, dimension) => dimension);
  const options = dimensions.map((dimension) => ({
    id: String(dimension),
    label: axisName(dimension),
    ...(kl === null ? {} : { hint: t("klOf", { kl: fixedText(kl[dimension]!, 1) }) }),
  }));
  const others = dimensions.filter((dimension) => dimension !== across && dimension !== up);
  const most = kl === null ? 0 : Math.max(...kl);

  return (
    <div className={styles.controls}>
      <div className={styles.axes}>
        <Select label={t("horizontal")} options={options} value={String(across)} onChange={(id) => setAxes([Number(id), up])} />
        <IconButton label={t("swap")} onPress={() => setAxes([up, across])}>
          <ArrowLeftRight size={16} aria-hidden />
        </IconButton>
        <Select label={t("vertical")} options={options} value={String(up)} onChange={(id) => setAxes([across, Number(id)])} />
        <span className={styles.reset}>
          <Button variant="quiet" onPress={() => others.forEach((dimension) => probe.getState().setZ(dimension, 0))}>
            {t("resetOthers")}
          </Button>
        </span>
      </div>
      <div className={styles.note}>
        {t("others")} · {kl === null ? t("othersNoteAe") : <KlNote />}
      </div>
      <fieldset className={styles.list} aria-label={t("others")}>
        {others.map((dimension) => (
          <Dimension
            key={dimension}
            dimension={dimension}
            reach={reach}
            kl={kl?.[dimension] ?? null}
            part={(kl?.[dimension] ?? 0) / (most || 1)}
          />
        ))}
      </fieldset>
    </div>
  );
}

function KlNote() {
  const { t } = useText("latent");
  return (
    <>
      <Term id="kl">KL</Term> {t("othersNote")}
    </>
  );
}

interface DimensionProps {
  readonly dimension: number;
  readonly reach: number;
  /** Nats, mean over the held-out images; null for an autoencoder. */
  readonly kl: number | null;
  /** Of the largest KL of any dimension. */
  readonly part: number;
}

function Dimension({ dimension, reach, kl, part }: DimensionProps) {
  const { t } = useText("latent");
  const { probe } = useStores();
  const value = useProbe(({ z }) => z[dimension] ?? 0);
  const axis = axisName(dimension);
  const shown = clamp(value, -reach, reach);
  return (
    <div className={styles.dimension} data-plain={kl === null || undefined}>
      <span className={styles.name}>{axis}</span>
      {kl !== null && (
        <span className={styles.kl} style={{ "--part": Math.max(0, part) } as CssVariables}>
          {fixedText(kl, 2)}
        </span>
      )}
      <input
        type="range"
        min={-reach}
        max={reach}
        step={reach / 60}
        value={shown}
        style={{ "--filled": (shown + reach) / (2 * reach) } as CssVariables}
        aria-label={kl === null ? t("dimension", { axis }) : t("dimensionKl", { axis, kl: fixedText(kl, 2) })}
        aria-valuetext={fixedText(value, 2)}
        onChange={(event) => probe.getState().setZ(dimension, event.target.valueAsNumber)}
      />
      <span className={styles.value}>{fixedText(value, 2)}</span>
    </div>
  );
}
