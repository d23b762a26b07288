/** Where the film along the paths stands: its picture, large, play and scrub, and whether the probe comes along. */
import { Pause, Play } from "lucide-react";
import { useEffect, useMemo } from "react";
import { useText } from "../../../i18n/use-text";
import { fixedText } from "../../../lib/number-text";
import type { PathKind, Trail } from "../../../store/explorer-store";
import { IconButton } from "../../../ui/IconButton";
import { Segmented } from "../../../ui/Segmented";
import { Slider } from "../../../ui/Slider";
import { Switch } from "../../../ui/Switch";
import { useExplorer, useRun, useStores } from "../../stores";
import { CodeTile } from "../CodeTile";
import { codeAt } from "./path-film";
import styles from "./paths.module.css";
import { usePlayback } from "./use-playback";

interface PathPlayerProps {
  readonly trails: readonly Trail[];
  /** Of `trails`. */
  readonly played: PathKind;
  readonly onPlayed: (kind: PathKind) => void;
  readonly legs: number;
  readonly isFollowed: boolean;
  readonly onFollowed: (isFollowed: boolean) => void;
}

export function PathPlayer({ trails, played, onPlayed, legs, isFollowed, onFollowed }: PathPlayerProps) {
  const { t } = useText("paths");
  const { explorer } = useStores();
  const { isPlaying, toggle, stop } = usePlayback(legs);
  const trail = trails.find(({ kind }) => kind === played);
  useFollowingProbe(isFollowed ? trail : undefined);
  if (trail === undefined) return null;
  const scrub = (at: number) => {
    stop();
    explorer.getState().set({ trailAt: at });
  };
  return (
    <section className={styles.player} aria-label={t("player.title")}>
      <NowPicture trail={trail} />
      <div className={styles.controls}>
        {trails.length > 1 && (
          <Segmented
            label={t("player.which")}
            options={trails.map(({ kind }) => ({ id: kind, label: t(`kind.${kind}`) }))}
            value={played}
            onChange={onPlayed}
            color="latent"
          />
        )}
        <div className={styles.transport}>
          <IconButton label={t(isPlaying ? "player.pause" : "player.play")} onPress={toggle}>
            {isPlaying ? <Pause size={18} aria-hidden /> : <Play size={18} aria-hidden />}
          </IconButton>
          <Place onScrub={scrub} />
        </div>
        <Switch label={t("player.follow")} isOn={isFollowed} onChange={onFollowed} />
      </div>
    </section>
  );
}

/** Moves at every frame of the screen, and it alone. */
function Place({ onScrub }: { readonly onScrub: (at: number) => void }) {
  const { t } = useText("paths");
  const at = useExplorer((state) => state.trailAt) ?? 0;
  return (
    <Slider
      label={t("player.place")}
      ariaLabel={t("player.placeName")}
      value={at}
      min={0}
      max={1}
      step={0.01}
      format={(value) => fixedText(value, 2)}
      color="latent"
      onChange={onScrub}
    />
  );
}

function NowPicture({ trail }: { readonly trail: Trail }) {
  const { t } = useText("paths");
  const at = useExplorer((state) => state.trailAt) ?? 0;
  const latentDim = useRun((state) => state.network.latentDim);
  const z = useMemo(() => codeAt(trail.codes, latentDim, at), [trail, latentDim, at]);
  return <CodeTile z={z} label={t("player.picture", { at: fixedText(at, 2), kind: t(`kind.${trail.kind}`) })} className={styles.now} />;
}

function useFollowingProbe(trail: Trail | undefined): void {
  const { explorer, probe } = useStores();
  const latentDim = useRun((state) => state.network.latentDim);
  useEffect(() => {
    if (trail === undefined) return;
    const follow = (at: number | null) => {
      if (at !== null) probe.getState().setCode(codeAt(trail.codes, latentDim, at));
    };
    follow(explorer.getState().trailAt);
    return explorer.subscribe((state, before) => {
      if (state.trailAt !== before.trailAt) follow(state.trailAt);
    });
  }, [explorer, probe, trail, latentDim]);
}
