/** Points picked out together: how they are picked, and what they are. */
import { useMemo } from "react";
import { useText } from "../../../i18n/use-text";
import { countText } from "../../../lib/number-text";
import { Segmented } from "../../../ui/Segmented";
import { useShownPoints, type ShownPoints } from "../../latent/use-cloud";
import { useExplorer } from "../../stores";
import { ClassMix } from "./ClassMix";
import { FindPoints } from "./FindPoints";
import { SelectionDeeds } from "./SelectionDeeds";
import { SelectionMeans } from "./SelectionMeans";
import styles from "./selection.module.css";
import { SelectionWall } from "./SelectionWall";

const DRAGS = ["probe", "box", "lasso"] as const;

export function SelectionPanel() {
  const { t } = useText("selection");
  const drag = useExplorer((state) => state.drag);
  const set = useExplorer((state) => state.set);
  const points = useShownPoints();
  const isFlat = useExplorer((state) => state.drag !== "probe");
  return (
    <div className={styles.panel}>
      <p>{t("lead")}</p>
      <div className={styles.row}>
        <Segmented
          label={t("drag")}
          color="latent"
          options={DRAGS.map((id) => ({ id, label: t(`mode.${id}`) }))}
          value={drag}
          onChange={(next) => set({ drag: next })}
        />
        {isFlat && <p className={styles.hint}>{t("dragHint")}</p>}
      </div>
      {points !== null && <FindPoints points={points} />}
      {points !== null && <Selected points={points} />}
    </div>
  );
}

function Selected({ points }: { readonly points: ShownPoints }) {
  const { t } = useText("selection");
  const chosen = useExplorer((state) => state.selection);
  // Training images of which the codes have not come yet, or which are no longer shown, are left out.
  const selection = useMemo(() => chosen?.filter((index) => index < points.count) ?? [], [chosen, points.count]);
  const isEmpty = selection.length === 0;
  return (
    <>
      <div className={styles.row}>
        <output className={styles.count}>
          {isEmpty ? t("none") : t("selected", { number: countText(selection.length), total: countText(points.count) })}
        </output>
      </div>
      {!isEmpty && (
        <>
          <SelectionDeeds points={points} selection={selection} />
          <ClassMix points={points} selection={selection} />
          <SelectionMeans points={points} selection={selection} />
          <SelectionWall points={points} selection={selection} />
        </>
      )}
    </>
  );
}
