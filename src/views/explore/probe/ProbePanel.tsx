/**
 * The probe, at length: what the place decodes to, where it is, how likely the prior finds
 * it, what real images are near it in latent space and near its picture in pixel space,
 * what lies around it, and how the decoder gets there.
 *
 * The decode is rendered within the pointer event that moved the probe, as in `ProbeReadout`; the rest follows when there is
 * time.
 */
import { useMemo } from "react";
import { isPointShape } from "../../../charts/point-tile";
import { useText } from "../../../i18n/use-text";
import { currentModel, decodeCode, toldClass } from "../../../store/model-view";
import { SampleTile } from "../../data/SampleTile";
import { DecodedPoint, Density, ToldClass } from "../../latent/ProbeFacts";
import { useProbe, useRun } from "../../stores";
import { Activations } from "./Activations";
import { Coordinates } from "./Coordinates";
import { LatentNeighbours } from "./LatentNeighbours";
import { Magnification } from "./Magnification";
import { PixelNeighbours } from "./PixelNeighbours";
import { ProbeDeeds } from "./ProbeDeeds";
import styles from "./ProbePanel.module.css";
import { Spread } from "./Spread";

export function ProbePanel() {
  const { t } = useText("explore");
  const { t: latent } = useText("latent");
  const z = useProbe((state) => state.z);
  const label = useProbe((state) => state.label);
  const model = useRun(currentModel);
  const isGan = useRun(({ config }) => config.model === "gan");
  const pixels = useMemo(() => (model === null ? null : decodeCode(model, z, toldClass(model.network, label) ?? 0)), [model, z, label]);
  return (
    <div className={styles.panel}>
      <p className={styles.lead}>{t("probe.lead")}</p>
      <div className={styles.top}>
        {model === null || pixels === null ? (
          <div className={styles.picture} />
        ) : (
          <SampleTile
            pixels={pixels}
            scale={1}
            shape={model.network.image}
            ink="decoder"
            label={latent("readout.picture")}
            className={styles.picture}
          />
        )}
        <div className={styles.facts}>
          <ToldClass />
          {pixels !== null && model !== null && isPointShape(model.network.image) && <DecodedPoint point={pixels} />}
          <Density z={z} />
          <Magnification />
        </div>
      </div>
      <Coordinates />
      <ProbeDeeds />
      {!isGan && <LatentNeighbours />}
      <PixelNeighbours pixels={pixels} />
      <Spread />
      <Activations />
    </div>
  );
}
