/** The run's past: what is kept of it, how fast its film goes, and the film as a GIF. */
import { useMemo } from "react";
import { useText } from "../../../i18n/use-text";
import { countText, fixedText } from "../../../lib/number-text";
import { momentBytes } from "../../../store/moments";
import { FILM_MS } from "../../../store/explorer-store";
import { Segmented } from "../../../ui/Segmented";
import { useExplorer, useRun } from "../../stores";
import { FilmExport } from "./FilmExport";
import styles from "./HistoryPanel.module.css";

const SPEEDS = ["slow", "normal", "fast"] as const;

/** From here on there is a film. */
const LEAST_MOMENTS = 2;

export function HistoryPanel() {
  const { t } = useText("history");
  const moments = useRun((state) => state.moments);
  const momentMs = useExplorer((state) => state.filmMs);
  const set = useExplorer((state) => state.set);
  const bytes = useMemo(() => moments.reduce((sum, moment) => sum + momentBytes(moment), 0), [moments]);
  const speed = SPEEDS.find((id) => FILM_MS[id] === momentMs) ?? "normal";
  const hasFilm = moments.length >= LEAST_MOMENTS;
  return (
    <div className={styles.panel}>
      <p>{t("lead")}</p>
      <p>{t("how")}</p>
      <p className={styles.facts}>
        {hasFilm ? t("kept", { number: countText(moments.length), size: fixedText(bytes / 2 ** 20, 1) }) : t("keptOne")}
      </p>
      <div className={styles.row}>
        <span aria-hidden>{t("speed")}</span>
        <Segmented
          label={t("speed")}
          color="latent"
          options={SPEEDS.map((id) => ({ id, label: t(id) }))}
          value={speed}
          onChange={(id) => set({ filmMs: FILM_MS[id] })}
        />
      </div>
      {hasFilm && <FilmExport />}
    </div>
  );
}
