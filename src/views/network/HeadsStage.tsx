/** The encoder's answer: mean and log-variance of the posterior (in an autoencoder the code), and the latent size. */
import { useMemo, type ReactNode } from "react";
import { ActivationCells, type ActivationSource } from "../../charts/ActivationCanvas";
import { probabilityOf } from "../../charts/score-histogram";
import type { Box } from "../../charts/hourglass";
import { useText } from "../../i18n/use-text";
import { fixedText } from "../../lib/number-text";
import type { Network } from "../../model/network";
import { posteriorOfExample } from "../../store/model-view";
import type { RunState } from "../../store/run-store";
import { useExamples, type Example } from "../data/use-examples";
import { useRun } from "../stores";
import styles from "./HeadsStage.module.css";
import { LatentSizeEditor } from "./editors";
import { unitsText } from "./layer-text";
import { OuterPictures } from "./OuterPictures";
import { Stage } from "./Stage";
import type { ArchitectureControl } from "./use-architecture";
import type { PictureTiles } from "./use-unit-pictures";

interface HeadsStageProps {
  readonly box: Box;
  readonly architecture: ArchitectureControl;
  readonly selected: number;
  /** For pictures of the means, when these meet the pixels without a hidden layer between; else null. */
  readonly tiles: PictureTiles | null;
}

/** Full colour of μ: three standard deviations of the prior. */
const MEAN_SCALE = 3;
/** Full colour of σ: the prior's. */
const SIGMA_SCALE = 1;
/** The symbols above the cells, and the frame around both. */
const HEAD_PX = 18;
const INSET_PX = 11;
const GAP_PX = 3;

export function HeadsStage({ box, architecture, selected, tiles }: HeadsStageProps) {
  const { t } = useText("network");
  const { model, latentDim } = architecture.config;
  if (model === "gan") return <ScoreStage box={box} architecture={architecture} selected={selected} />;
  const isVae = model === "vae";
  const dim = unitsText(latentDim);
  return (
    <Stage
      box={box}
      color="latent"
      opens="right"
      label={t("latentIs", { dim })}
      units={isVae ? t("headsCount", { dim }) : dim}
      detail={isVae ? t("heads") : t("code")}
      isInvalid={architecture.issues.some(({ path }) => path === "latentDim")}
      editor={<LatentSizeEditor architecture={architecture} />}
    >
      {tiles === null ? (
        <PosteriorCells box={box} architecture={architecture} selected={selected} />
      ) : (
        <OuterPictures side="encoder" architecture={architecture} tiles={tiles} source={null} />
      )}
    </Stage>
  );
}

/** The discriminator's answer to the selected image, as a probability. What the generator is fed is as wide as ever. */
function ScoreStage({ box, architecture, selected }: Omit<HeadsStageProps, "tiles">) {
  const { t } = useText("network");
  const score = useRun(({ snapshot }) => snapshot?.adversarial?.realScores[snapshot.exampleIndices[selected] ?? -1]);
  return (
    <Stage
      box={box}
      color="adversarial"
      opens="right"
      label={t("scoreIs", { dim: unitsText(architecture.config.latentDim) })}
      units="1"
      detail={t("score")}
      isInvalid={architecture.issues.some(({ path }) => path === "latentDim")}
      editor={<LatentSizeEditor architecture={architecture} />}
    >
      {score !== undefined && architecture.isLive && <b className={styles.score}>{fixedText(probabilityOf(score), 2)}</b>}
    </Stage>
  );
}

/** μ and σ of the selected input, one cell per dimension; in an autoencoder its code. */
function PosteriorCells({ box, architecture, selected }: Omit<HeadsStageProps, "tiles">) {
  const { config, isLive } = architecture;
  const { latentDim } = config;
  const snapshot = useRun((state) => state.snapshot);
  const network = useRun((state) => state.network);
  const example = useExamples()?.examples[selected] ?? null;
  const { mean, sigma } = useMemo(() => posteriorOf(network, snapshot, example), [network, snapshot, example]);
  const isVae = config.model === "vae";
  const columns = isVae ? 2 : 1;
  const cells = {
    units: latentDim,
    widthPx: Math.floor((box.width - INSET_PX - (columns - 1) * GAP_PX) / columns),
    heightPx: Math.max(8, box.height - INSET_PX - HEAD_PX),
  };
  return (
    <span className={styles.heads}>
      <Head symbol={isVae ? "μ" : "z"}>{isLive && <ActivationCells source={mean} ink="latent" scale={MEAN_SCALE} {...cells} />}</Head>
      {isVae && <Head symbol="σ">{isLive && <ActivationCells source={sigma} ink="latent" scale={SIGMA_SCALE} {...cells} />}</Head>}
    </span>
  );
}

function Head({ symbol, children }: { readonly symbol: string; readonly children: ReactNode }) {
  return (
    <span className={styles.head}>
      <span className={styles.symbol}>{symbol}</span>
      {children}
    </span>
  );
}

/** μ and σ = exp(½ log σ²) of one example, as sources that never change. */
function posteriorOf(
  network: Network,
  snapshot: RunState["snapshot"],
  example: Example | null,
): { readonly mean: ActivationSource; readonly sigma: ActivationSource } {
  if (snapshot === null || example === null) return { mean: still(null), sigma: still(null) };
  const { mean, logVar } = posteriorOfExample(network, snapshot, example);
  return { mean: still(mean), sigma: still(logVar === null ? null : logVar.map((value) => Math.exp(value / 2))) };
}

function still(values: ArrayLike<number> | null): ActivationSource {
  return { latest: () => values, subscribe: () => () => {} };
}
