/** Which flat picture of the latent space is the map, and what there is to say about it. */
import { useState } from "react";
import { useText } from "../../../i18n/use-text";
import type { MapChoice } from "../../../store/explorer-store";
import { Segmented } from "../../../ui/Segmented";
import { AxisChoice } from "../../latent/AxisChoice";
import { useDimensions } from "../../latent/dimension-facts";
import { useExplorer, useRun, useStores } from "../../stores";
import styles from "./DimensionsPanel.module.css";
import { PrincipalChoice } from "./PrincipalChoice";
import { TurnChoice } from "./TurnChoice";
import { FIRST_TURN } from "./turning";
import { UmapChoice } from "./UmapChoice";

type Kind = MapChoice["kind"];

export function MapPicker() {
  const { t } = useText("dimensions");
  const { explorer } = useStores();
  const latentDim = useRun((state) => state.network.latentDim);
  const shown = useExplorer((state) => state.map.kind);
  // What is chosen here becomes the map once there is something to draw; until then the map stays what it was.
  const [chosen, setChosen] = useState<Kind>(shown);
  const [lastShown, setLastShown] = useState(shown);
  if (lastShown !== shown) {
    setLastShown(shown);
    setChosen(shown);
  }
  const kinds: readonly Kind[] = latentDim === 3 ? ["axes", "principal", "umap", "turned"] : ["axes", "principal", "umap"];

  function choose(kind: Kind): void {
    setChosen(kind);
    const { basis, embedding, set } = explorer.getState();
    if (kind === "axes") set({ map: { kind } });
    if (kind === "turned") set({ map: { kind, ...FIRST_TURN } });
    if (kind === "principal" && basis !== null) set({ map: { kind, components: [0, 1] } });
    if (kind === "umap" && embedding !== null) set({ map: { kind } });
  }

  return (
    <section className={styles.section} aria-label={t("map")}>
      <h3 className={styles.heading}>{t("map")}</h3>
      <Segmented
        label={t("map")}
        color="latent"
        options={kinds.map((id) => ({ id, label: t(`kind.${id}`) }))}
        value={kinds.includes(chosen) ? chosen : "axes"}
        onChange={choose}
      />
      {chosen === "axes" && <AxesChoice />}
      {chosen === "principal" && <PrincipalChoice />}
      {chosen === "umap" && <UmapChoice />}
      {chosen === "turned" && <TurnChoice />}
    </section>
  );
}

function AxesChoice() {
  const { t } = useText("dimensions");
  const { facts } = useDimensions();
  return (
    <>
      <div className={styles.axes}>
        <AxisChoice facts={facts} />
      </div>
      <p className={styles.note}>{t("axesNote")}</p>
    </>
  );
}
