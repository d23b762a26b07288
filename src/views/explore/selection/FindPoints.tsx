/** Points found without a pointer: a class, the nearest to the probe, those around it, those like one of them. */
import { useState } from "react";
import { useText } from "../../../i18n/use-text";
import { fixedText } from "../../../lib/number-text";
import { Button } from "../../../ui/Button";
import { Segmented } from "../../../ui/Segmented";
import { Select } from "../../../ui/Select";
import { Slider } from "../../../ui/Slider";
import { classOfPoint, type ShownPoints } from "../../latent/use-cloud";
import { useExplorer, useRun, useStores } from "../../stores";
import { LikeThis } from "./LikeThis";
import { asSelection, nearestPoints, pointsOfClass, pointsWithin } from "./picks";
import styles from "./selection.module.css";

const COUNTS = ["10", "50", "200"] as const;
export type FindCount = (typeof COUNTS)[number];
const RADII = { min: 0.1, max: 4 } as const;

export function FindPoints({ points }: { readonly points: ShownPoints }) {
  const { t } = useText("selection");
  const { probe, preferences } = useStores();
  const set = useExplorer((state) => state.set);
  const [count, setCount] = useState<FindCount>("50");
  const [radius, setRadius] = useState(0.5);
  const pick = (find: (hidden: readonly number[], z: readonly number[]) => number[]) =>
    set({ selection: asSelection(find(preferences.getState().hiddenClasses, probe.getState().z)) });
  return (
    <details className={styles.find} open>
      <summary>{t("search")}</summary>
      <ByClass points={points} onPick={(label) => set({ selection: pointsOfClass(points, label) })} />
      <div className={styles.row}>
        <span>{t("count")}</span>
        <Segmented label={t("count")} options={COUNTS.map((id) => ({ id, label: id }))} value={count} onChange={setCount} />
        <Button onPress={() => pick((hidden, z) => nearestPoints(points, hidden, z, Number(count)))}>{t("nearest")}</Button>
      </div>
      <div className={styles.row}>
        <span className={styles.radius}>
          <Slider
            label={t("radius")}
            ariaLabel={t("radiusLabel")}
            value={radius}
            {...RADII}
            step={0.1}
            format={(value) => fixedText(value, 1)}
            onChange={setRadius}
          />
        </span>
        <Button onPress={() => pick((hidden, z) => pointsWithin(points, hidden, z, radius))}>{t("within")}</Button>
      </div>
      <LikeThis points={points} count={Number(count)} />
    </details>
  );
}

interface ByClassProps {
  readonly points: ShownPoints;
  readonly onPick: (label: number) => void;
}

function ByClass({ points, onPick }: ByClassProps) {
  const { t, language } = useText("selection");
  const names = useRun(({ material }) => material?.classNames[language]) ?? [];
  const [label, setLabel] = useState("0");
  if (names.length < 2 || classOfPoint(points, 0) === null) return null;
  return (
    <div className={styles.row}>
      <Select
        label={t("class")}
        options={names.map((name, each) => ({ id: String(each), label: name }))}
        value={label}
        onChange={setLabel}
      />
      <Button onPress={() => onPick(Number(label))}>{t("ofClass")}</Button>
    </div>
  );
}
