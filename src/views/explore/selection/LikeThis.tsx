/** "Like this one": the points nearest to the one at the probe, by their codes or by their pixels. */
import { useEffect, useMemo, useRef, useState } from "react";
import { useText } from "../../../i18n/use-text";
import { pixelCount } from "../../../protocol/datasets";
import { Button } from "../../../ui/Button";
import { SampleTile } from "../../data/SampleTile";
import { classOfPoint, codeOfPoint, type ShownPoints } from "../../latent/use-cloud";
import { useExplorer, usePreferences, useProbe, useRun, useStores } from "../../stores";
import { asSelection, mergeMatches, nearestImages, nearestPoints, type PixelMatch } from "./picks";
import styles from "./selection.module.css";

interface LikeThisProps {
  readonly points: ShownPoints;
  /** How many are wanted. */
  readonly count: number;
}

/** Of real images only: a draw has none of its own to be compared. */
export function LikeThis({ points, count }: LikeThisProps) {
  const { t, language } = useText("selection");
  const { explorer } = useStores();
  const z = useProbe((state) => state.z);
  const hiddenClasses = usePreferences((state) => state.hiddenClasses);
  const material = useRun((state) => state.material);
  const isGan = useRun(({ config }) => config.model === "gan");
  const examples = useMemo(() => ({ ...points, many: null, count: points.exampleCount }), [points]);
  const example = useMemo(
    () => (z.length === points.latentDim ? (nearestPoints(examples, hiddenClasses, z, 1)[0] ?? null) : null),
    [examples, points.latentDim, hiddenClasses, z],
  );
  const search = usePixelSearch(points, count);
  if (isGan || material === null || example === null) return null;
  const size = pixelCount(material.image);
  const picture = material.examples.pixels.slice(example * size, (example + 1) * size);
  const label = classOfPoint(points, example);
  const name = (label === null ? undefined : material.classNames[language][label]) ?? t("unknown");
  return (
    <section className={styles.like} aria-label={t("like")}>
      <SampleTile pixels={picture} scale={255} shape={material.image} label={t("likeThis", { name })} className={styles.sample} />
      <div className={styles.part}>
        <span>{t("likeThis", { name })}</span>
        <div className={styles.row}>
          <Button
            onPress={() => {
              const nearest = nearestPoints(points, hiddenClasses, codeOfPoint(points, example), count);
              explorer.getState().set({ selection: asSelection(nearest) });
            }}
          >
            {t("likeCodes")}
          </Button>
          <Button onPress={() => void search.start(picture)} isDisabled={search.state === "searching"}>
            {t("likePixels")}
          </Button>
        </div>
        <output className={styles.hint}>
          {search.state === "searching" ? t("searching") : search.state === "refused" ? t("searchFailed") : ""}
        </output>
      </div>
    </section>
  );
}

/** Held-out images are compared here; the survey looks through the training images, where any are shown. */
function usePixelSearch(points: ShownPoints, count: number) {
  const { run, survey, preferences } = useStores();
  const set = useExplorer((state) => state.set);
  const [state, setState] = useState<"idle" | "searching" | "refused">("idle");
  const callOff = useRef<AbortController | null>(null);
  useEffect(() => () => callOff.current?.abort(), []);

  async function inTraining(picture: Uint8Array, hidden: readonly number[]): Promise<PixelMatch[]> {
    if (points.many === null) return [];
    const { config } = run.getState();
    callOff.current = new AbortController();
    const pixels = Float32Array.from(picture, (byte) => byte / 255);
    // Only those on the map can be selected: so many are asked for at most, and the first of them are on it.
    const trainSize = points.count - points.exampleCount;
    const found = await survey.ask("neighbours", { data: config.data, trainSize, pixels, count }, { signal: callOff.current.signal });
    return found
      .filter(({ label }) => !hidden.includes(label))
      .map(({ index, distance }) => ({ index: points.exampleCount + index, distance }));
  }
  async function start(picture: Uint8Array<ArrayBuffer>) {
    const { material } = run.getState();
    if (material === null) return;
    setState("searching");
    const hidden = preferences.getState().hiddenClasses;
    const heldOut = nearestImages(points, hidden, material.examples.pixels, picture, count);
    const training = await inTraining(picture, hidden).catch(() => null);
    if (callOff.current?.signal.aborted === true) return;
    set({ selection: mergeMatches(heldOut, training ?? [], count) });
    setState(training === null ? "refused" : "idle");
  }
  return { state, start };
}
