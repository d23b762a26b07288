/** Facts about the place where the probe stands, one component each: used wherever a decode is shown. */
import { useText } from "../../i18n/use-text";
import { fixedText } from "../../lib/number-text";
import { priorDensity, toldClass } from "../../store/model-view";
import { Term } from "../Term";
import { useProbe, useRun } from "../stores";
import { priorShareInside } from "./latent-statistics";
import { axisName, densityText, percentText } from "./latent-text";
import styles from "./ProbeReadout.module.css";

/** The class that a conditional decoder is told. */
export function ToldClass() {
  const { t, language } = useText("latent");
  const told = toldClass(
    useRun((state) => state.network),
    useProbe((state) => state.label),
  );
  const name = useRun(({ material }) => (told === null ? undefined : material?.classNames[language][told]));
  return name !== undefined && <b>{t("readout.decodesAs", { name })}</b>;
}

export type CodeProps = { readonly z: readonly number[] };

/** The coordinates shown; of a long code also its length. */
export function Place({ z }: CodeProps) {
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
export function DecodedPoint({ point }: { readonly point: Float32Array }) {
  const { t } = useText("latent");
  return <div>{t("readout.pointAt", { place: Array.from(point, (value) => fixedText(value, 2)).join(", ") })}</div>;
}

/** Above so many dimensions the density itself is too small to say anything; its logarithm is not. */
const MOST_PLAIN_DIMENSIONS = 3;

export function Density({ z }: CodeProps) {
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
