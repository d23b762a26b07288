/**
 * What the probe decodes to, large, with its coordinates, how likely the prior finds
 * them, and the real example nearest to it. Stands in the decoder's column.
 *
 * Decodes on the page from the last snapshot's weights: zustand renders this one
 * component within the pointer event that moved the probe, so that picture and probe
 * reach the screen in the same frame, whatever the trainer is doing.
 */
import { LocateFixed } from "lucide-react";
import { useMemo } from "react";
import { isPointShape } from "../../charts/point-tile";
import { useText } from "../../i18n/use-text";
import { fixedText } from "../../lib/number-text";
import { pixelCount } from "../../protocol/datasets";
import { currentModel, decodeCode, nearestExample, priorDensity, toldClass } from "../../store/model-view";
import { IconButton } from "../../ui/IconButton";
import { SampleTile } from "../data/SampleTile";
import { Term } from "../Term";
import { usePreferences, useProbe, useRun, useStores } from "../stores";
import { priorShareInside } from "./latent-statistics";
import { axisName, densityText, percentText } from "./latent-text";
import styles from "./ProbeReadout.module.css";

export function ProbeReadout() {
  const { t } = useText("latent");
  const z = useProbe((state) => state.z);
  const model = useRun(currentModel);
  const label = useProbe((state) => state.label);
  const pixels = useMemo(() => {
    return model === null ? null : decodeCode(model, z, toldClass(model.network, label) ?? 0);
  }, [model, z, label]);
  return (
    <div className={styles.readout}>
      <div className={styles.body}>
        {model === null || pixels === null ? (
          <div className={styles.blank} />
        ) : (
          <SampleTile
            pixels={pixels}
            scale={1}
            shape={model.network.image}
            ink="decoder"
            label={t("readout.picture")}
            className={styles.picture}
          />
        )}
        <div className={styles.caption}>
          <div>
            <Term id="probe">{t("readout.decodes")}</Term>
          </div>
          <ToldClass />
          <Place z={z} />
          {pixels !== null && model !== null && isPointShape(model.network.image) && <Point point={pixels} />}
          <Density z={z} />
        </div>
        <Nearest z={z} />
      </div>
    </div>
  );
}

/** The class that a conditional decoder is told. */
function ToldClass() {
  const { t, language } = useText("latent");
  const told = toldClass(
    useRun((state) => state.network),
    useProbe((state) => state.label),
  );
  const name = useRun(({ ready }) => (told === null ? undefined : ready?.classNames[language][told]));
  return name !== undefined && <b>{t("readout.decodesAs", { name })}</b>;
}

type CodeProps = { readonly z: readonly number[] };

/** The coordinates shown; of a long code also its length. */
function Place({ z }: CodeProps) {
  const { t } = useText("latent");
  const [across, up] = useProbe((state) => state.axes);
  const at = (axis: number) => fixedText(z[axis] ?? 0, 2);
  if (z.length <= 2) return <b className={styles.place}>z = {z.length === 1 ? at(0) : `(${at(across)}, ${at(up)})`}</b>;
  return (
    <>
      <b className={styles.place}>
        <span>
          {axisName(across)} = {at(across)}
        </span>{" "}
        <span>
          {axisName(up)} = {at(up)}
        </span>
      </b>
      <div>{t("readout.norm", { norm: fixedText(Math.hypot(...z), 2) })}</div>
    </>
  );
}

/** Where a decoded point lies. */
function Point({ point }: { readonly point: Float32Array }) {
  const { t } = useText("latent");
  return <div>{t("readout.pointAt", { place: Array.from(point, (value) => fixedText(value, 2)).join(", ") })}</div>;
}

/** Above so many dimensions the density itself is too small to say anything; its logarithm is not. */
const MOST_PLAIN_DIMENSIONS = 3;

function Density({ z }: CodeProps) {
  const { t } = useText("latent");
  const hasPrior = useRun(({ config }) => config.model !== "ae");
  if (!hasPrior) return <div>{t("readout.noPrior")}</div>;
  const { density, logDensity } = priorDensity(z);
  const unit = z.length === 1 ? "perLength" : z.length === 2 ? "perArea" : "perVolume";
  const isPlain = z.length <= MOST_PLAIN_DIMENSIONS;
  return (
    <>
      <div>
        <Term id="priorDensity">{t(isPlain ? "readout.density" : "readout.logDensity")}</Term>{" "}
        <b>{isPlain ? densityText(density) : fixedText(logDensity, 1)}</b> {t(isPlain ? `readout.${unit}` : "readout.nats")}
      </div>
      <div>{t("readout.inside", { percent: percentText(priorShareInside(z)) })}</div>
    </>
  );
}

/** The held-out image whose posterior mean is nearest, in the whole latent space, of the classes that are shown. */
function Nearest({ z }: CodeProps) {
  const { t, language } = useText("latent");
  const { probe } = useStores();
  const snapshot = useRun((state) => state.snapshot);
  const ready = useRun((state) => state.ready);
  const hiddenClasses = usePreferences((state) => state.hiddenClasses);
  const nearest = useMemo(
    () => (snapshot === null || ready === null ? null : nearestExample(snapshot, ready.examples.labels, hiddenClasses, z)),
    [snapshot, ready, hiddenClasses, z],
  );
  const index = nearest?.index ?? null;
  const pixels = useMemo(() => {
    if (ready === null || index === null) return null;
    const size = pixelCount(ready.image);
    return ready.examples.pixels.subarray(index * size, (index + 1) * size);
  }, [ready, index]);
  if (nearest === null || snapshot === null || ready === null || pixels === null) return null;

  const name = ready.classNames[language][ready.examples.labels[nearest.index]!] ?? "";
  const goThere = () => {
    const { z: code, setZ } = probe.getState();
    const from = nearest.index * code.length;
    snapshot.posteriorMean.subarray(from, from + code.length).forEach((value, dimension) => setZ(dimension, value));
  };
  return (
    <div className={styles.nearest}>
      <SampleTile
        pixels={pixels}
        scale={255}
        shape={ready.image}
        label={t("examplePicture", { index: nearest.index + 1, name })}
        className={styles.example}
      />
      <IconButton label={t("readout.goThere")} onPress={goThere}>
        <LocateFixed size={18} aria-hidden />
      </IconButton>
      <div className={styles.name}>
        <Term id="nearestExample">{t("readout.nearest")}</Term> <b>{name}</b>
        <div>{t("readout.distance", { distance: fixedText(nearest.distance, 2) })}</div>
      </div>
    </div>
  );
}
