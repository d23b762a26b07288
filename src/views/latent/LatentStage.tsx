/**
 * The map of the latent space: its frame, at once; what stands in it comes in a file of its own, beside the model that it is to
 * show, so that neither the first paint nor the model waits for the other.
 */
import { Suspense } from "react";
import { lazyView } from "../lazy-view";
import { EmptyNote } from "./EmptyNote";
import styles from "./LatentStage.module.css";

const load = async () => (await import("./StagePlot")).StagePlot;
load().catch(() => undefined); // under way before the page that shows it has come; who shows it asks again, and hears of a failure
const StagePlot = lazyView([], load);

export function LatentStage() {
  return (
    <div className={styles.stage}>
      <Suspense fallback={<EmptyNote />}>
        <StagePlot />
      </Suspense>
    </div>
  );
}
