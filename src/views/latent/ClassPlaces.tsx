/** Where each class lies in the shown plane. */
import { useText } from "../../i18n/use-text";
import { fixedText } from "../../lib/number-text";
import { useProbe, useRun } from "../stores";
import styles from "./ClassTable.module.css";
import { classPlaces } from "./latent-statistics";
import { axisName } from "./latent-text";
import { useCloud } from "./use-cloud";

export function ClassPlaces() {
  const { t, language } = useText("latent");
  const material = useRun((state) => state.material);
  const cloud = useCloud();
  const latentDim = useRun((state) => state.network.latentDim);
  const axes = useProbe((state) => state.axes);
  if (material === null || cloud === null || cloud.labels === null) return null;

  const names = material.classNames[language];
  const shown = axes[0] === axes[1] ? ([0] as const) : ([0, 1] as const);
  const places = classPlaces(cloud.codes, latentDim, axes, cloud.labels, names.length);
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("column.class")}</th>
            <th scope="col">{t("column.images")}</th>
            {shown.map((side) => (
              <th key={`mean ${side}`} scope="col">
                {t("column.mean", { axis: axisName(axes[side]) })}
              </th>
            ))}
            {shown.map((side) => (
              <th key={`spread ${side}`} scope="col">
                {t("column.spread", { axis: axisName(axes[side]) })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {places.map(({ label, images, mean, spread }) => (
            <tr key={label}>
              <th scope="row">{names[label]}</th>
              <td>{images}</td>
              {shown.map((side) => (
                <td key={`mean ${side}`}>{fixedText(mean[side], 2)}</td>
              ))}
              {shown.map((side) => (
                <td key={`spread ${side}`}>{fixedText(spread[side], 2)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
