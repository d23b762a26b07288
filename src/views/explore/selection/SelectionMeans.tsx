/** The mean of the selected images beside what their mean code decodes to, and why these are two pictures. */
import { useEffect, useMemo, useState } from "react";
import { useText } from "../../../i18n/use-text";
import type { Floats } from "../../../protocol/messages";
import { currentModel } from "../../../store/model-view";
import { SampleTile } from "../../data/SampleTile";
import { useRun, useStores } from "../../stores";
import { CodeTile } from "../CodeTile";
import type { SelectionProps } from "./ClassMix";
import { meanOfImages } from "./mean-image";
import { meanCode } from "./picks";
import styles from "./selection.module.css";

export function SelectionMeans({ points, selection }: SelectionProps) {
  const { t } = useText("selection");
  const shape = useRun(({ network }) => network.image);
  const isGan = useRun(({ config }) => config.model === "gan");
  const code = useMemo(() => meanCode(points, selection), [points, selection]);
  const image = useMeanImage({ points, selection });
  return (
    <section className={styles.part}>
      <h3>{t("means")}</h3>
      <div className={styles.means}>
        <figure>
          {image === null ? (
            <span className={styles.waiting}>{t("waiting")}</span>
          ) : (
            <SampleTile
              pixels={image}
              scale={1}
              shape={shape}
              ink={isGan ? "decoder" : "ink"}
              label={t("meanImage")}
              className={styles.mean}
            />
          )}
          <figcaption>{t("meanImage")}</figcaption>
        </figure>
        <figure>
          <CodeTile z={code} label={t("meanCode")} className={styles.mean} />
          <figcaption>{t("meanCode")}</figcaption>
        </figure>
      </div>
      <p className={styles.hint}>{t(isGan ? "meansDraws" : "meansWhy")}</p>
    </section>
  );
}

/** Null until the images are there. The images of a real selection stay while the model changes; those of a GAN are made anew. */
function useMeanImage({ points, selection }: SelectionProps): Floats | null {
  const { survey } = useStores();
  const material = useRun((state) => state.material);
  const config = useRun((state) => state.config);
  const model = useRun(currentModel);
  const generator = config.model === "gan" ? model : null;
  const hasModel = model !== null;
  const [known, setKnown] = useState<{ readonly selection: readonly number[]; readonly mean: Floats } | null>(null);
  useEffect(() => {
    if (material === null || model === null) return;
    const callOff = new AbortController();
    meanOfImages({ points, selection, material, config, model, survey }, callOff.signal).then(
      (mean) => setKnown({ selection, mean }),
      () => undefined, // called off, or refused: nothing is shown
    );
    return () => callOff.abort(new DOMException("another selection", "AbortError"));
    // eslint-disable-next-line react/exhaustive-deps -- real images do not change with points and model: `generator` stands for both
  }, [selection, points.exampleCount, material, config, survey, generator, hasModel]);
  return known?.selection === selection ? known.mean : null;
}
