/**
 * Paths between pinned places: straight, spherical, and the geodesic under the decoder's
 * metric, with the film of each, how fast its picture changes, and its length and energy.
 * Lays the paths out on the map; they leave it with the panel.
 */
import { useEffect, useMemo, useState } from "react";
import { useText } from "../../../i18n/use-text";
import { toldClass } from "../../../store/model-view";
import { PATH_KINDS, type PathKind } from "../../../store/explorer-store";
import { Button } from "../../../ui/Button";
import { Toggles } from "../../../ui/Toggles";
import { useExplorer, useProbe, useRun, useStores } from "../../stores";
import { useSurveyModel } from "../survey-model";
import { DifferButton } from "./DifferButton";
import { PathExport } from "./PathExport";
import { PathFilms } from "./PathFilms";
import { stationsKey, stationsOf, trailsOf } from "./path-plan";
import { PathPlayer } from "./PathPlayer";
import styles from "./paths.module.css";
import { PinList } from "./PinList";
import { useFilms } from "./use-films";
import { useGeodesic, type Geodesic } from "./use-geodesic";

export function PathsPanel() {
  const { t } = useText("paths");
  const { explorer } = useStores();
  const [leftOut, setLeftOut] = useState<ReadonlySet<number>>(new Set());
  const [kinds, setKinds] = useState<readonly PathKind[]>(PATH_KINDS);
  const [wished, setPlayed] = useState<PathKind>("straight");
  const [isFollowed, setIsFollowed] = useState(false);
  const stations = useStations(leftOut);
  const hasPrior = useRun(({ config }) => config.model !== "ae");
  const geodesic = useStationGeodesic(stations, kinds.includes("geodesic"));
  const trails = useMemo(() => trailsOf(stations, kinds, geodesic.path), [stations, kinds, geodesic.path]);
  const films = useFilms(trails);
  useTrailsOnMap(trails);
  const played = trails.some(({ kind }) => kind === wished) ? wished : (trails[0]?.kind ?? "straight");
  const film = films.find(({ kind }) => kind === played);

  return (
    <div className={styles.panel}>
      <p>{t("about")}</p>
      <PinList leftOut={leftOut} onLeaveOut={(id, isOut) => setLeftOut(changed(leftOut, id, isOut))} />
      <DifferButton
        onFound={(ids) => {
          // The example alone, so that it is seen.
          setLeftOut(new Set(explorer.getState().pins.flatMap((pin) => (ids.includes(pin.id) ? [] : [pin.id]))));
          setKinds([...new Set<PathKind>([...kinds, "straight", "geodesic"])]);
        }}
      />
      <section className={styles.part}>
        <Toggles
          label={t("kinds")}
          color="latent"
          options={PATH_KINDS.map((kind) => ({ id: kind, label: t(`kind.${kind}`) }))}
          values={kinds}
          onChange={setKinds}
        />
        <dl className={styles.kinds}>
          {kinds.map((kind) => (
            <div key={kind}>
              <dt>{t(`kind.${kind}`)}</dt>
              <dd>{t(kind === "spherical" && !hasPrior ? "kindNote.sphericalAe" : `kindNote.${kind}`)}</dd>
            </div>
          ))}
        </dl>
        {kinds.includes("geodesic") && <GeodesicState geodesic={geodesic} />}
      </section>
      {trails.length > 0 && (
        <PathPlayer
          trails={trails}
          played={played}
          onPlayed={setPlayed}
          legs={stations.length - 1}
          isFollowed={isFollowed}
          onFollowed={setIsFollowed}
        />
      )}
      <PathFilms films={films} onPick={(at) => explorer.getState().set({ trailAt: at })} />
      {film !== undefined && <PathExport film={film} />}
    </div>
  );
}

function changed(set: ReadonlySet<number>, id: number, isIn: boolean): ReadonlySet<number> {
  const next = new Set(set);
  if (isIn) next.add(id);
  else next.delete(id);
  return next;
}

/** The same object while the stations stay, whatever else becomes of the pins. */
function useStations(leftOut: ReadonlySet<number>): readonly (readonly number[])[] {
  const pins = useExplorer((state) => state.pins);
  const latentDim = useRun((state) => state.network.latentDim);
  const stations = useMemo(() => stationsOf(pins, leftOut, latentDim), [pins, leftOut, latentDim]);
  const [kept, setKept] = useState(stations);
  if (kept === stations || stationsKey(kept) === stationsKey(stations)) return kept;
  setKept(stations);
  return stations;
}

function useStationGeodesic(stations: readonly (readonly number[])[], isWanted: boolean): Geodesic {
  const model = useSurveyModel();
  const network = useRun((state) => state.network);
  const label = toldClass(
    network,
    useProbe((state) => state.label),
  );
  const isTraining = useRun(({ phase, shown }) => phase === "training" && shown.kind === "newest");
  return useGeodesic({ stations, label: label ?? 0, model, isWanted, isTraining });
}

function useTrailsOnMap(trails: ReturnType<typeof trailsOf>): void {
  const { explorer } = useStores();
  useEffect(() => {
    const { trailAt, set } = explorer.getState();
    set({ trails, trailAt: trails.length === 0 ? null : (trailAt ?? 0) });
  }, [explorer, trails]);
  useEffect(() => () => explorer.getState().set({ trails: [], trailAt: null }), [explorer]);
}

/** How far the search has come, and what can be done about it. */
function GeodesicState({ geodesic }: { readonly geodesic: Geodesic }) {
  const { t } = useText("paths");
  const { phase, done, total, isOld, compute, stop } = geodesic;
  if (phase === "none") return null;
  return (
    <output className={`${styles.row} ${styles.state}`}>
      {phase === "working" && (
        <>
          <progress value={done} max={total} aria-label={t("geodesic.working")} /> {t("geodesic.working")}
          <Button variant="quiet" onPress={stop}>
            {t("geodesic.stop")}
          </Button>
        </>
      )}
      {phase === "done" && !isOld && <span className={styles.hint}>{t("geodesic.done")}</span>}
      {phase !== "working" && (phase !== "done" || isOld) && (
        <>
          <span>{t(isOld ? "geodesic.old" : `geodesic.${phase}`)}</span>
          <Button onPress={compute}>{t("geodesic.again")}</Button>
        </>
      )}
    </output>
  );
}
