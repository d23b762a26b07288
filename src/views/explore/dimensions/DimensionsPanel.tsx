/** More than two dimensions: which flat picture of them is the map, and each of them by itself. */
import { useText } from "../../../i18n/use-text";
import { useRun } from "../../stores";
import { DimensionList } from "./DimensionList";
import styles from "./DimensionsPanel.module.css";
import { MapPicker } from "./MapPicker";

export function DimensionsPanel() {
  const { t } = useText("dimensions");
  const latentDim = useRun((state) => state.network.latentDim);
  return (
    <div className={styles.panel}>
      <p className={styles.purpose}>{latentDim > 2 ? t("purpose", { dimensions: latentDim }) : t(latentDim === 1 ? "flat1" : "flat2")}</p>
      {latentDim > 2 && <MapPicker />}
      <DimensionList />
    </div>
  );
}
