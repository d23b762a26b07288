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
import { currentModel, decodeCode, nearestExample, toldClass } from "../../store/model-view";
import { IconButton } from "../../ui/IconButton";
import { SampleTile } from "../data/SampleTile";
import { Term } from "../Term";
import { usePreferences, useProbe, useRun, useStores } from "../stores";
import { DecodedPoint, Density, Place, ToldClass, type CodeProps } from "./ProbeFacts";
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
          {pixels !== null && model !== null && isPointShape(model.network.image) && <DecodedPoint point={pixels} />}
          <Density z={z} />
        </div>
        <Nearest z={z} />
      </div>
    </div>
  );
}

/** The held-out image whose posterior mean is nearest, in the whole latent space, of the classes that are shown. */
function Nearest({ z }: CodeProps) {
  const { t, language } = useText("latent");
  const { probe } = useStores();
  const snapshot = useRun((state) => state.snapshot);
  const material = useRun((state) => state.material);
  const hiddenClasses = usePreferences((state) => state.hiddenClasses);
  const nearest = useMemo(
    () => (snapshot === null || material === null ? null : nearestExample(snapshot, material.examples.labels, hiddenClasses, z)),
    [snapshot, material, hiddenClasses, z],
  );
  const index = nearest?.index ?? null;
  const pixels = useMemo(() => {
    if (material === null || index === null) return null;
    const size = pixelCount(material.image);
    return material.examples.pixels.subarray(index * size, (index + 1) * size);
  }, [material, index]);
  if (nearest === null || snapshot === null || material === null || pixels === null) return null;

  const name = material.classNames[language][material.examples.labels[nearest.index]!] ?? "";
  const goThere = () => {
    const from = nearest.index * z.length;
    probe.getState().setCode([...snapshot.posteriorMean.subarray(from, from + z.length)]);
  };
  return (
    <div className={styles.nearest}>
      <SampleTile
        pixels={pixels}
        scale={255}
        shape={material.image}
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
