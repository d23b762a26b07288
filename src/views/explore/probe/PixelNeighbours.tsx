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
  const { t, language } = useText("explore");
  const material = useRun((state) => state.material);
  const { neighbours, isRefused } = useNeighbours(pixels);
  const usual = useUsualDistance();
  if (material === null) return null;
  const nearest = neighbours?.[0];
  const verdict = nearest === undefined || usual === null ? null : verdictOf(nearest.distance, usual);
  return (
    <section className={styles.section}>
      <h3>{t("probe.pixels.title")}</h3>
      <p>{t("probe.pixels.text")}</p>
      <ul className={styles.tiles} data-tiles={SHOWN}>
        {neighbours?.map(({ index, label, distance, pixels: bytes }) => (
          <li key={index} className={styles.tile}>
            <SampleTile
              pixels={bytes}
              scale={255}
              shape={material.image}
              className={styles.sample}
              label={t("probe.pixels.image", { number: index + 1, name: material.classNames[language][label] ?? "" })}
            />
            <span>{material.classNames[language][label]}</span>
            <b>{fixedText(distance, 2)}</b>
          </li>
        ))}
      </ul>
      <p className={styles.verdict} data-verdict={verdict ?? undefined}>
        {isRefused ? t("probe.pixels.refused") : verdict === null ? t("probe.pixels.waiting") : t(`probe.verdict.${verdict}`)}
      </p>
      {nearest !== undefined && usual !== null && (
        <p>
          {t("probe.pixels.compared", {
            distance: fixedText(nearest.distance, 2),
            median: fixedText(usual.median, 2),
            ratio: fixedText(nearest.distance / usual.median, 2),
          })}
        </p>
      )}
      {usual !== null && (
        <details className={styles.fold}>
          <summary>{t("probe.pixels.how")}</summary>
          <p>
            {t("probe.pixels.definition", {
              images: usual.images,
              lower: fixedText(usual.lowerQuartile, 2),
              upper: fixedText(usual.upperQuartile, 2),
              ...VERDICT_BOUNDS,
            })}
          </p>
        </details>
      )}
    </section>
  );
}

/** The last answer stays until there is a newer one. */
function useNeighbours(pixels: Floats | null) {
  const { survey } = useStores();
  const data = useRun(({ config }) => config.data);
  const trainSize = useRun(({ config }) => config.trainSize);
  const rested = useRested(pixels);
  const [neighbours, setNeighbours] = useState<readonly PixelNeighbour[] | null>(null);
  const [isRefused, setRefused] = useState(false);
  useEffect(() => {
    if (rested === null) return;
    const callOff = new AbortController();
    survey.ask("neighbours", { data, trainSize, pixels: rested, count: SHOWN }, { signal: callOff.signal }).then(
      (answer) => {
        setNeighbours(answer);
        setRefused(false);
      },
      () => callOff.signal.aborted || setRefused(true),
    );
    return () => callOff.abort();
  }, [survey, data, trainSize, rested]);
  return { neighbours, isRefused };
}

/** Null until it has been measured for this data set. */
function useUsualDistance(): UsualDistance | null {
  const { survey } = useStores();
  const data = useRun(({ config }) => config.data);
  const trainSize = useRun(({ config }) => config.trainSize);
  const [usual, setUsual] = useState<{ readonly of: string; readonly distance: UsualDistance } | null>(null);
  const key = `${data} ${trainSize}`;
  useEffect(() => {
    const callOff = new AbortController();
    measureUsualDistance(survey, data, trainSize, callOff.signal).then(
      (distance) => setUsual({ of: key, distance }),
      () => undefined, // no comparison, then
    );
    return () => callOff.abort();
  }, [survey, data, trainSize, key]);
  return usual?.of === key ? usual.distance : null;
}
