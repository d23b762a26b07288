/**
 * The card of the loss curves, as curves or as a table, and of how good the model is.
 *
 * What it shows comes after the first paint: before the first step there is nothing to draw.
 */
import { startTransition, Suspense, useState } from "react";
import type { XKind } from "../../charts/loss-scales";
import { useText } from "../../i18n/use-text";
import { isPointCloud } from "../../protocol/datasets";
import { Card } from "../../ui/Card";
import { Segmented } from "../../ui/Segmented";
import { lazyView } from "../lazy-view";
import { useRun } from "../stores";
import { Term } from "../Term";
import styles from "./LossCard.module.css";

// Until they are there what is shown stays.
const LossView = lazyView("curves", async () => (await import("./LossView")).LossView);
const FiguresPanel = lazyView("merit", async () => (await import("../merit/FiguresPanel")).FiguresPanel);
const GamePanel = lazyView("adversary", async () => (await import("../adversary/GamePanel")).GamePanel);

const VIEWS = ["curves", "table", "figures"] as const;
type View = (typeof VIEWS)[number];

export function LossCard() {
  const { t } = useText("objective");
  const [xKind, setXKind] = useState<XKind>("linear");
  const [view, setView] = useState<View>("curves");
  const isGame = useRun((state) => state.config.model === "gan");

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
        <Suspense fallback={<div className={styles.waiting} />}>
          {view === "figures" ? (
            <div className={styles.figures}>
              <FiguresPanel />
            </div>
          ) : (
            <div className={styles.views}>
              <LossView xKind={xKind} isTable={view === "table"} />
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

function LossNote({ isGame }: { readonly isGame: boolean }) {
  const { t } = useText("objective");
  const isPoints = useRun((state) => isPointCloud(state.config.data));
  return (
    <>
      ·{" "}
      {isGame ? (
        t("curves.game")
      ) : (
        <>
          <Term id="nats">{t("curves.unit")}</Term> {t(isPoints ? "curves.perPoint" : "curves.perImage")} · {t("curves.smoothed")}
        </>
      )}{" "}
      · {t("curves.dashed")} <Term id="heldOut">{t("curves.heldOut")}</Term>
    </>
  );
}
