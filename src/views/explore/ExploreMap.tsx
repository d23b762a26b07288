/** The map of the explorer: the latent panel's own stage, as large as can be, with its title line and legend. */
import { Suspense, useId } from "react";
import { useText } from "../../i18n/use-text";
import { ClassLegend } from "../latent/ClassLegend";
import { ClassTable } from "../latent/ClassTable";
import { CloudNote, CloudSummary } from "../latent/CloudWords";
import { LatentStage } from "../latent/LatentStage";
import { lazyView } from "../lazy-view";
import { RecordedChooser } from "../recorded/RecordedChooser";
import { useRun } from "../stores";
import styles from "./ExploreMap.module.css";
import { LayersMenu } from "./layers/LayersMenu";
import { PointsTable } from "./table/PointsTable";

const ClassPicker = lazyView("adversary", async () => (await import("../latent/ClassPicker")).ClassPicker);

export function ExploreMap() {
  const { t } = useText("explore");
  const { t: latent } = useText("latent");
  const summary = useId();
  const isConditional = useRun(({ network }) => network.classes > 0);
  return (
    <figure className={styles.map} aria-label={latent("title")} aria-describedby={summary}>
      <div className={styles.head}>
        <h2 className={styles.title}>{t("title")}</h2>
        <span className={styles.chooser}>
          <RecordedChooser />
        </span>
        <span className={styles.note}>
          <CloudNote />
        </span>
        <LayersMenu />
      </div>
      <CloudSummary id={summary} />
      <LatentStage />
      {isConditional && (
        <Suspense fallback={<div className={styles.picker} />}>
          <ClassPicker />
        </Suspense>
      )}
      <ClassLegend>
        <PointsTable />
        <ClassTable />
      </ClassLegend>
    </figure>
  );
}
