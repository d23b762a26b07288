/**
 * The run's past under the map: a film to play, a slider over the moments that are kept,
 * and the way back to now. Says plainly when what is on screen is not the run as it stands.
 */
import { Play, SkipForward, Square } from "lucide-react";
import { useMemo } from "react";
import { useText } from "../../../i18n/use-text";
import { countText } from "../../../lib/number-text";
import { Button } from "../../../ui/Button";
import { IconButton } from "../../../ui/IconButton";
import { useMedia } from "../../network/use-media";
import { useRun } from "../../stores";
import { filmTicks } from "./film-ticks";
import { FilmSlider } from "./FilmSlider";
import styles from "./HistoryBar.module.css";
import { useFilm } from "./use-film";

/** One is no past. */
const LEAST_MOMENTS = 2;

export function HistoryBar() {
  const { t } = useText("history");
  const moments = useRun((state) => state.moments);
  const shown = useRun((state) => state.shown);
  const showMoment = useRun((state) => state.showMoment);
  const showNewest = useRun((state) => state.showNewest);
  const film = useFilm();
  const isCalm = useMedia("(prefers-reduced-motion: reduce)");
  const ticks = useMemo(() => filmTicks(moments), [moments]);
  const step = shown.kind === "moment" ? shown.step : null;
  const last = ticks.length - 1;

  if (ticks.length < LEAST_MOMENTS) return <p className={styles.none}>{t("none")}</p>;

  function show(index: number) {
    film.stop();
    if (index === last) showNewest();
    else showMoment(ticks[index]!.step);
  }

  const lastStep = countText(ticks[last]!.step);
  return (
    <fieldset aria-label={t("bar")} className={styles.bar} data-past={step !== null || undefined}>
      <FilmButton film={film} isCalm={isCalm} />
      <FilmSlider ticks={ticks} step={step} onChange={show} />
      <span className={styles.step} aria-hidden>
        {step === null ? t("now", { step: lastStep }) : t("at", { step: countText(step), last: lastStep })}
      </span>
      <span className={styles.back}>
        <Button onPress={() => show(last)} isDisabled={step === null}>
          {t("back")}
        </Button>
      </span>
    </fieldset>
  );
}

/** Where less motion is asked for nothing plays by itself: each press shows the next moment. */
function FilmButton({ film, isCalm }: { readonly film: ReturnType<typeof useFilm>; readonly isCalm: boolean }) {
  const { t } = useText("history");
  if (isCalm) {
    return (
      <IconButton label={t("next")} onPress={film.advance}>
        <SkipForward size={16} aria-hidden />
      </IconButton>
    );
  }
  return (
    <IconButton label={t(film.isPlaying ? "stop" : "play")} onPress={film.isPlaying ? film.stop : film.play}>
      {film.isPlaying ? <Square size={16} aria-hidden /> : <Play size={16} aria-hidden />}
    </IconButton>
  );
}
