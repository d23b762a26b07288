/** What the map shows, in words: beside its title, and in full for those who cannot see it. */
import { useText } from "../../i18n/use-text";
import { countText } from "../../lib/number-text";
import type { RunConfig } from "../../protocol/run-config";
import { usePreferences, useProbe, useRun } from "../stores";
import { axisName } from "./latent-text";
import styles from "./LatentPanel.module.css";
import { useCloud, useHasClasses } from "./use-cloud";

/** How many points the scatter has. */
function usePoints(): number | null {
  const latentDim = useRun((state) => state.network.latentDim);
  const cloud = useCloud();
  return cloud === null ? null : cloud.codes.length / latentDim;
}

/** What the points are: so many images of the held-out split, and how many of them the legend leaves on. */
export function CloudNote() {
  const { t } = useText("latent");
  const points = usePoints();
  const note = useRun(({ config }) => noteOf(config));
  const labels = useCloud()?.labels ?? null;
  const hiddenClasses = usePreferences((state) => state.hiddenClasses);
  if (points === null) return null;
  const number = countText(points);
  if (hiddenClasses.length === 0 || labels === null) {
    const text = t(note, { number });
    return (
      <span className={styles.note} title={text}>
        {text}
      </span>
    );
  }
  const shown = labels.subarray(0, points).filter((label) => !hiddenClasses.includes(label)).length;
  return (
    <span className={styles.note} data-partial>
      {t("noteHidden", { shown: countText(shown), number })}
    </span>
  );
}

/** What the points are, as a key of the texts. */
function noteOf({ model, data }: Pick<RunConfig, "model" | "data">) {
  if (model === "gan") return "note.draws";
  const hasNote = data === "mnist" || data === "fashion" || data === "shapes" || data === "emoji";
  return hasNote ? (`note.${data}` as const) : "note.points";
}

/** The picture in words, for those who cannot see it. */
export function CloudSummary({ id }: { readonly id: string }) {
  const { t } = useText("latent");
  const points = usePoints();
  const hasClasses = useHasClasses();
  const isGan = useRun(({ config }) => config.model === "gan");
  const [across, up] = useProbe((state) => state.axes);
  const said = isGan ? (hasClasses ? "summaryDraws" : "summaryDrawsPlain") : across === up ? "summaryLine" : "summary";
  const facts = { number: countText(points ?? 0), horizontal: axisName(across), vertical: axisName(up) };
  return (
    <p id={id} className="visually-hidden">
      {points === null ? t("empty.waiting") : t(said, facts)}
    </p>
  );
}
