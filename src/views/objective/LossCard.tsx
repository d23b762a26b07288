/** The card of the loss curves: reads the run now and then, and hands its numbers to the chart or the table; or how good the model is. */
import { startTransition, Suspense, useMemo, useState } from "react";
import type { LossChartData } from "../../charts/loss-data";
import type { LossText } from "../../charts/loss-text";
import type { XKind } from "../../charts/loss-scales";
import { LossCurves } from "../../charts/LossCurves";
import { useText } from "../../i18n/use-text";
import type { RunState } from "../../store/run-store";
import { Card } from "../../ui/Card";
import { lazyPanel } from "../../ui/lazy-panel";
import { Segmented } from "../../ui/Segmented";
import { lazyView } from "../lazy-view";
import { Term } from "../Term";
import { lossChartData } from "./loss-chart-data";
import styles from "./LossCard.module.css";
import { useLossSummary } from "./use-loss-summary";
import { useLossText } from "./use-loss-text";
import { useSampledRun } from "./use-sampled-run";

// Until they are there the curves stay.
const LossTable = lazyPanel(async () => (await import("../../charts/LossTable")).LossTable);
const FiguresPanel = lazyView("merit", async () => (await import("../merit/FiguresPanel")).FiguresPanel);
const GamePanel = lazyView("adversary", async () => (await import("../adversary/GamePanel")).GamePanel);

/** A curve that grows ten times a second looks alive; more often only costs the page its time. */
const DRAW_INTERVAL_MS = 100;

const VIEWS = ["curves", "table", "figures"] as const;
type View = (typeof VIEWS)[number];

export function LossCard() {
  const { t } = useText("objective");
  const run = useSampledRun(DRAW_INTERVAL_MS);
  const [xKind, setXKind] = useState<XKind>("linear");
  const [view, setView] = useState<View>("curves");
  const isGame = run.config.model === "gan";

  return (
    <div className={styles.wrap}>
      <Card
        title={t(view === "figures" ? "curves.figuresTitle" : "curves.title")}
        note={view === "figures" ? undefined : <LossNote isGame={isGame} />}
      >
        <div className={styles.tools}>
          {view === "curves" && (
            <Segmented
              label={t("curves.axis")}
              options={[
                { id: "linear", label: t("curves.linear") },
                { id: "log", label: t("curves.log") },
              ]}
              value={xKind}
              onChange={setXKind}
            />
          )}
          <Segmented
            label={t("curves.view")}
            options={VIEWS.map((id) => ({ id, label: t(`curves.${id}View`) }))}
            value={view}
            onChange={(next) => startTransition(() => setView(next))}
          />
        </div>
        <Suspense fallback={null}>
          {view === "figures" ? (
            <div className={styles.figures}>
              <FiguresPanel />
            </div>
          ) : (
            <div className={styles.views}>
              <LossView run={run} xKind={xKind} isTable={view === "table"} />
              {isGame && (
                <div className={styles.game}>
                  <Suspense fallback={null}>
                    <GamePanel />
                  </Suspense>
                </div>
              )}
            </div>
          )}
        </Suspense>
      </Card>
    </div>
  );
}

interface LossViewProps {
  readonly run: RunState;
  readonly xKind: XKind;
  readonly isTable: boolean;
}

function LossView({ run, xKind, isTable }: LossViewProps) {
  const { losses, evaluations, marks, ready, config, options, phase, failure, step } = run;
  const { names, text } = useLossText(config, marks, failure !== null && "step" in failure ? failure.step : step);
  const data = useMemo(
    () => lossChartData({ losses, evaluations, marks, ready, config, options, phase, failure, step }, names),
    [losses, evaluations, marks, ready, config, options, phase, failure, step, names],
  );
  return isTable ? <LossTable data={data} text={text} /> : <Curves run={run} data={data} xKind={xKind} text={text} />;
}

interface CurvesProps {
  readonly run: RunState;
  readonly data: LossChartData;
  readonly xKind: XKind;
  readonly text: LossText;
}

function Curves({ run, data, xKind, text }: CurvesProps) {
  const summary = useLossSummary(data, run.evaluations, run.config);
  return <LossCurves data={data} xKind={xKind} text={text} summary={summary} />;
}

function LossNote({ isGame }: { readonly isGame: boolean }) {
  const { t } = useText("objective");
  return (
    <>
      ·{" "}
      {isGame ? (
        t("curves.game")
      ) : (
        <>
          <Term id="nats">{t("curves.unit")}</Term> {t("curves.perImage")} · {t("curves.smoothed")}
        </>
      )}{" "}
      · {t("curves.dashed")} <Term id="heldOut">{t("curves.heldOut")}</Term>
    </>
  );
}
