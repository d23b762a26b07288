/**
 * The bar that runs the run: Reset, Train or Pause, Step, New seed; where the run stands,
 * how fast it goes, and on what.
 *
 * Nothing in it moves while numbers change. Of a GAN either side can be stepped alone. On a phone the buttons stay at the foot of
 * the screen.
 */
import { ChevronDown, Dices, Pause, Play, RotateCcw, StepForward } from "lucide-react";
import { useText } from "../../i18n/use-text";
import { Button } from "../../ui/Button";
import { IconButton } from "../../ui/IconButton";
import { comingPhase } from "../../store/run-store";
import { Overlay } from "../../ui/Overlay";
import { lazyPanel } from "../../ui/lazy-panel";
import { useDraft, useRun, useStores } from "../stores";
import { BackendChip } from "./BackendChip";
import { RunFigures, SpeedFigure } from "./RunFigures";
import { RunProgress } from "./RunProgress";
import styles from "./TransportBar.module.css";

const ICON = 20;

const StepItems = lazyPanel(async () => (await import("./StepItems")).StepItems);

export function TransportBar() {
  const { t } = useText("objective");
  const obstacle = useObstacle();
  return (
    <section className={styles.bar} aria-label={t("transport.label")}>
      <div className={styles.deck}>
        {obstacle !== null && <p className={styles.deckNote}>{obstacle}</p>}
        <Buttons />
      </div>
      <RunFigures />
      <RunProgress obstacle={obstacle} />
      <div className={styles.side}>
        <SpeedFigure />
        <BackendChip />
      </div>
    </section>
  );
}

function Buttons() {
  const { t } = useText("objective");
  const { run, draft } = useStores();
  const phase = useRun(comingPhase);
  const canRun = useDraft((state) => state.issues.length === 0);
  const isGame = useRun((state) => state.config.model === "gan");
  const isTraining = phase === "training";
  const canGoOn = canRun && (phase === "idle" || phase === "paused");
  return (
    <>
      <span className={styles.round}>
        <IconButton label={t("transport.reset")} onPress={() => run.getState().reset()}>
          <RotateCcw size={ICON} />
        </IconButton>
      </span>
      <span className={styles.train}>
        <Button variant="primary" isDisabled={!isTraining && !canGoOn} onPress={() => run.getState().toggle()}>
          {isTraining ? (
            <Pause size={ICON} fill="currentColor" strokeWidth={0} />
          ) : (
            <Play size={ICON} fill="currentColor" strokeWidth={0} />
          )}
          {t(isTraining ? "transport.pause" : "transport.train")}
        </Button>
      </span>
      <span className={styles.round}>
        <IconButton label={t("transport.step")} isDisabled={!isTraining && !canGoOn} onPress={() => run.getState().stepOnce()}>
          <StepForward size={ICON} />
        </IconButton>
      </span>
      {isGame && (
        <span className={styles.part}>
          <Overlay
            label={t("transport.stepPart")}
            look="icon"
            popup="menu"
            trigger={<ChevronDown size={16} />}
            renderPanel={(control) => <StepItems {...control} />}
          />
        </span>
      )}
      <span className={styles.round}>
        <IconButton label={t("transport.newSeed")} onPress={() => draft.getState().newSeed()}>
          <Dices size={ICON} />
        </IconButton>
      </span>
    </>
  );
}

/** Why Train is out of reach, in words; null when it is not. */
function useObstacle(): string | null {
  const { t } = useText("objective");
  const phase = useRun(comingPhase);
  const canRun = useDraft((state) => state.issues.length === 0);
  if (phase === "training") return null;
  if (!canRun) return t("transport.invalid");
  if (phase === "failed") return t("transport.failed");
  return phase === "finished" ? t("transport.finished") : null;
}
