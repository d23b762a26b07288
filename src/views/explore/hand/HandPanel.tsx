/**
 * The visitor's own picture: drawn, chosen, dropped or pasted, framed as the data set has
 * its images, and shown to the encoder of the model on screen as it comes about.
 */
import { Suspense } from "react";
import { useStore } from "zustand";
import { useText } from "../../../i18n/use-text";
import { lazyView } from "../../lazy-view";
import { useRun, useStores } from "../../stores";
import { DrawingSheet } from "./DrawingSheet";
import { FramingSteps } from "./FramingSteps";
import styles from "./HandPanel.module.css";
import { HandResult } from "./HandResult";
import { takesPictures } from "./hand-picture";
import { handStoreOf } from "./hand-store";
import { InkControls } from "./InkControls";
import { PictureSources } from "./PictureSources";

const ClassPicker = lazyView("adversary", async () => (await import("../../latent/ClassPicker")).ClassPicker);

export function HandPanel() {
  const { t } = useText("hand");
  const isGan = useRun(({ config }) => config.model === "gan");
  const canTake = useRun(({ config }) => takesPictures(config));
  if (!canTake) return <p className={styles.lead}>{t(isGan ? "noEncoder" : "points")}</p>;
  return <Hand />;
}

function Hand() {
  const { t } = useText("hand");
  const data = useRun(({ config }) => config.data);
  const isConditional = useRun(({ network }) => network.classes > 0);
  const hasInput = useStore(handStoreOf(useStores()), ({ steps }) => steps.length > 0);
  const what = data === "mnist" || data === "fashion" || data === "shapes" || data === "emoji" ? data : "other";
  return (
    <div className={styles.panel}>
      <p className={styles.lead}>{t(`lead.${what}`)}</p>
      <PictureSources>
        <DrawingSheet />
      </PictureSources>
      <InkControls />
      {isConditional && (
        <div>
          <p>{t("told")}</p>
          <Suspense fallback={null}>
            <ClassPicker />
          </Suspense>
        </div>
      )}
      {hasInput ? (
        <>
          <FramingSteps />
          <HandResult />
        </>
      ) : (
        <p>{t("empty")}</p>
      )}
    </div>
  );
}
