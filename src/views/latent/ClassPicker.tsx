/** Of a conditional model: the class that its decoder is told, on the map and under the probe. */
import { useId } from "react";
import { classColour, themeOfCard } from "../../charts/class-colours";
import { useInks } from "../../charts/ink";
import { useText } from "../../i18n/use-text";
import { toldClass } from "../../store/model-view";
import type { CssVariables } from "../../ui/accent";
import { Term } from "../Term";
import { useProbe, useRun } from "../stores";
import styles from "./ClassPicker.module.css";

/** So many classes are named; more of them by number, with their names read out and on hover. */
const MOST_NAMED = 4;

export function ClassPicker() {
  const { t, language } = useText("adversary");
  const group = useId();
  const chosen = toldClass(
    useRun((state) => state.network),
    useProbe((state) => state.label),
  );
  const setLabel = useProbe((state) => state.setLabel);
  const names = useRun(({ material }) => material?.classNames[language]) ?? [];
  const theme = themeOfCard(useInks().card);
  return (
    <div className={styles.picker}>
      <span className={styles.word}>
        <Term id="conditional">{t("decodeAs")}</Term>
      </span>
      <div role="radiogroup" aria-label={t("decodeAsLong")} className={styles.chips}>
        {names.map((name, label) => (
          <label
            key={name}
            className={styles.chip}
            data-on={label === chosen || undefined}
            title={name}
            style={{ "--class": classColour(label, theme) } as CssVariables}
          >
            <input
              type="radio"
              name={group}
              className="visually-hidden"
              checked={label === chosen}
              aria-label={name}
              onChange={() => setLabel(label)}
            />
            {names.length > MOST_NAMED ? label : name}
          </label>
        ))}
      </div>
    </div>
  );
}
