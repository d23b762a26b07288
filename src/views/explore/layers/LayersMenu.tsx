/**
 * What is drawn on the map: the layers used most as switches in a row; all of them, with a
 * word on each, behind a button.
 */
import { Layers } from "lucide-react";
import { useText } from "../../../i18n/use-text";
import { Popover } from "../../../ui/Popover";
import { Toggles } from "../../../ui/Toggles";
import { lazyView } from "../../lazy-view";
import { usePreferences, useRun } from "../../stores";
import { layersOf } from "./layer-offers";
import styles from "./LayersMenu.module.css";

const LayersPanel = lazyView("explore", async () => (await import("./LayersPanel")).LayersPanel);

const AT_HAND = ["grid", "points", "rings", "ellipses"] as const;

export function LayersMenu() {
  const { t } = useText("latent");
  const layers = usePreferences((state) => state.layers);
  const set = usePreferences((state) => state.set);
  const model = useRun(({ config }) => config.model);
  const offered = AT_HAND.filter((id) => layersOf(model).includes(id));
  return (
    <span className={styles.layers}>
      <Toggles
        label={t("layers")}
        color="latent"
        options={offered.map((id) => ({ id, label: t(`layer.${id}`) }))}
        values={offered.filter((id) => layers[id])}
        onChange={(values) => set({ layers: { ...layers, ...Object.fromEntries(offered.map((id) => [id, values.includes(id)])) } })}
      />
      <Popover label={t("allLayers")} look="icon" trigger={<Layers size={16} aria-hidden />}>
        <LayersPanel />
      </Popover>
    </span>
  );
}
