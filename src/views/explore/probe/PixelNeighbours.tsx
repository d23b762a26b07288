/**
 * The training images that look most like what the probe decodes to, and in words whether
 * that is one of them learnt by heart or something new. The survey looks through all
 * training images once the probe rests.
 */
import { useEffect, useState } from "react";
import { useText } from "../../../i18n/use-text";
import { fixedText } from "../../../lib/number-text";
import type { Floats } from "../../../protocol/messages";
import type { PixelNeighbour } from "../../../protocol/survey";
import { SampleTile } from "../../data/SampleTile";
import { useRun, useStores } from "../../stores";
import { useRested } from "../use-rested";
import { verdictOf, VERDICT_BOUNDS, type UsualDistance } from "./memorised";
import styles from "./ProbePanel.module.css";
import { measureUsualDistance } from "./usual-distance";

const SHOWN = 5;

/** @param pixels what the probe decodes to; null while there is no model */
export function PixelNeighbours({ pixels }: { readonly pixels: Floats | null }) {
  const { t } = useText("explore");
  const { neighbours, isRefused } = useNeighbours(pixels);
  return (
    <section className={styles.section}>
      <h3>{t("probe.pixels.title")}</h3>
      <p>{t("probe.pixels.text")}</p>
      <ul className={styles.tiles} data-tiles={SHOWN}>
        {neighbours?.map((neighbour, rank) => (
          <Neighbour key={rank /* places stay, pictures change */} {...neighbour} />
        ))}
      </ul>
      {isRefused ? <p className={styles.verdict}>{t("probe.pixels.refused")}</p> : <Comparison distance={neighbours?.[0]?.distance} />}
    </section>
  );
}

function Neighbour({ index, label, distance, pixels }: PixelNeighbour) {
  const { t, language } = useText("explore");
  const image = useRun(({ network }) => network.image);
  const name = useRun(({ material }) => material?.classNames[language][label]) ?? "";
  return (
    <li className={styles.tile}>
      <SampleTile
        pixels={pixels}
        scale={255}
        shape={image}
        className={styles.sample}
        label={t("probe.pixels.image", { number: index + 1, name })}
      />
      <span>{name}</span>
      <b>{fixedText(distance, 2)}</b>
    </li>
  );
}

/** How far the decode is from its nearest training image, beside how far these are from theirs; in as much room before it is known. */
function Comparison({ distance }: { readonly distance: number | undefined }) {
  const { t } = useText("explore");
  const { usual, isRefused } = useUsualDistance();
  const verdict = distance === undefined || usual === null ? null : verdictOf(distance, usual);
  const isKnown = distance !== undefined && usual !== null;
  const without = isRefused || isKnown ? "probe.pixels.incomparable" : "probe.pixels.waiting";
  return (
    <>
      <p className={styles.verdict} data-verdict={verdict ?? undefined}>
        {verdict === null ? t(without) : t(`probe.verdict.${verdict}`)}
      </p>
      <p className={styles.compared}>
        {verdict !== null &&
          isKnown &&
          t("probe.pixels.compared", {
            distance: fixedText(distance, 2),
            median: fixedText(usual.median, 2),
            ratio: fixedText(distance / usual.median, 2),
          })}
      </p>
      <details className={styles.fold}>
        <summary>{t("probe.pixels.how")}</summary>
        <p>
          {usual === null
            ? t(without)
            : t("probe.pixels.definition", {
                images: usual.images,
                lower: fixedText(usual.lowerQuartile, 2),
                upper: fixedText(usual.upperQuartile, 2),
                ...VERDICT_BOUNDS,
              })}
        </p>
      </details>
    </>
  );
}

interface Told<Value> {
  /** Data set and number of training images. */
  readonly of: string;
  /** Null when the survey refused. */
  readonly value: Value | null;
}

function useTrainingImages() {
  const data = useRun(({ config }) => config.data);
  const trainSize = useRun(({ config }) => config.trainSize);
  return { data, trainSize, key: `${data} ${trainSize}` };
}

/** The last answer stays until there is a newer one; not beyond its data set. */
function useNeighbours(pixels: Floats | null) {
  const { survey } = useStores();
  const { data, trainSize, key } = useTrainingImages();
  const size = useRun(({ network }) => network.pixels);
  const rested = useRested(pixels);
  const [told, setTold] = useState<Told<readonly PixelNeighbour[]> | null>(null);
  useEffect(() => {
    if (rested?.length !== size) return; // of another data set for a moment
    const callOff = new AbortController();
    survey.ask("neighbours", { data, trainSize, pixels: rested, count: SHOWN }, { signal: callOff.signal }).then(
      (value) => setTold({ of: key, value }),
      () => callOff.signal.aborted || setTold({ of: key, value: null }),
    );
    return () => callOff.abort();
  }, [survey, data, trainSize, key, rested, size]);
  const current = told?.of === key ? told : null;
  return { neighbours: current?.value ?? null, isRefused: current !== null && current.value === null };
}

/** Null until it has been measured for this data set. */
function useUsualDistance() {
  const { survey } = useStores();
  const { data, trainSize, key } = useTrainingImages();
  const [told, setTold] = useState<Told<UsualDistance> | null>(null);
  useEffect(() => {
    const callOff = new AbortController();
    measureUsualDistance(survey, data, trainSize, callOff.signal).then(
      (value) => setTold({ of: key, value }),
      () => callOff.signal.aborted || setTold({ of: key, value: null }),
    );
    return () => callOff.abort();
  }, [survey, data, trainSize, key]);
  const current = told?.of === key ? told : null;
  return { usual: current?.value ?? null, isRefused: current !== null && current.value === null };
}
