/**
 * The latent space of the Play page: the scatter of the held-out posterior means over
 * the decoder grid, the probe, the legend, and for more than two dimensions the choice
 * of the plane. Fills its container.
 */
import { Maximize2 } from "lucide-react";
import { Suspense, useId } from "react";
import { useText } from "../../i18n/use-text";
import { recordedFor } from "../../protocol/recorded";
import { LayersMenu } from "../explore/layers/LayersMenu";
import { lazyView } from "../lazy-view";
import { RecordedBanner } from "../recorded/RecordedBanner";
import { useRun } from "../stores";
import { Term } from "../Term";
import { ClassLegend } from "./ClassLegend";
import { ClassTable } from "./ClassTable";
import { CloudNote, CloudSummary } from "./CloudWords";
import styles from "./LatentPanel.module.css";
import { LatentStage } from "./LatentStage";
import { OtherDimensions } from "./OtherDimensions";

const HistoryBar = lazyView("history", async () => (await import("../explore/history/HistoryBar")).HistoryBar);
const ClassPicker = lazyView("adversary", async () => (await import("./ClassPicker")).ClassPicker);

export function LatentPanel() {
  const { t } = useText("latent");
  const summary = useId();
  const isConditional = useRun(({ network }) => network.classes > 0);
  const hasRecording = useRun(({ config }) => recordedFor(config) !== null);
  return (
    <figure className={styles.panel} aria-label={t("title")} aria-describedby={summary}>
      <div className={styles.head}>
        <h2 className={styles.title}>
          <Term id="latentSpace">{t("title")}</Term>
        </h2>
        <CloudNote />
        <LayersMenu />
        <a className={styles.expand} href="#/explore" aria-label={t("openExplorer")} title={t("openExplorer")}>
          <Maximize2 size={16} aria-hidden />
        </a>
      </div>
      <CloudSummary id={summary} />
      <LatentStage />
      {isConditional && (
        <div className={styles.picker}>
          <Suspense fallback={null}>
            <ClassPicker />
          </Suspense>
        </div>
      )}
      <ClassLegend>
        <ClassTable />
      </ClassLegend>
      <div className={styles.foot} data-reserved={hasRecording || undefined}>
        <HintsOrHistory />
      </div>
      <OtherDimensions />
    </figure>
  );
}

/** Moments from which there is a film: before that, a word on what hands can do has its place. */
const FILM_MOMENTS = 3;

/** The run's past, or what can be done with a recorded one, takes the place of the hints, so that the page is no taller for it. */
function HintsOrHistory() {
  const isRecorded = useRun(({ shown }) => shown.kind === "recorded");
  const hasFilm = useRun(({ moments }) => moments.length >= FILM_MOMENTS);
  if (isRecorded) return <RecordedBanner />;
  if (!hasFilm) return <Hints />;
  return (
    <Suspense fallback={<Hints />}>
      <HistoryBar />
    </Suspense>
  );
}

/** What hands can do; with more than two dimensions the room goes to their sliders. */
function Hints() {
  const { t } = useText("latent");
  const isPlane = useRun(({ network }) => network.latentDim <= 2);
  if (!isPlane) return null;
  return (
    <>
      <p className={styles.hint} data-hand="mouse">
        {t("hint")}
      </p>
      <p className={styles.hint} data-hand="touch">
        {t("hintTouch")}
      </p>
    </>
  );
}
