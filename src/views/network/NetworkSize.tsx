/** How many parameters a side has, or the network in all with its memory; opens the count layer by layer. */
import { useText } from "../../i18n/use-text";
import { countText } from "../../lib/number-text";
import { estimateMemory } from "../../model/memory";
import { isPointCloud } from "../../protocol/datasets";
import { Popover } from "../../ui/Popover";
import type { Side } from "./architecture";
import { SizeTable } from "./editors";
import { parametersOf } from "./layer-text";
import { memoryText } from "./memory-text";
import { layersOfSides } from "./network-sides";
import styles from "./NetworkSize.module.css";
import type { ArchitectureControl } from "./use-architecture";

interface NetworkSizeProps {
  readonly architecture: ArchitectureControl;
  /** Null: the whole network, with its memory. */
  readonly side: Side | null;
}

export function NetworkSize({ architecture, side }: NetworkSizeProps) {
  const { t } = useText("network");
  const { config, network } = architecture;
  const { latentDim, parameterCount } = network;
  if (!Number.isFinite(parameterCount) || latentDim < 1) return side === null && <span className={styles.invalid}>{t("sizeInvalid")}</span>;

  const memory = memoryText(estimateMemory(config, network));
  const ofSide = side === null ? 0 : layersOfSides(network)[side].reduce((sum, layer) => sum + parametersOf(network, layer), 0);
  // "Discriminator" leaves less room beside it, and so does the space that points lie in.
  const words = config.model === "gan" || isPointCloud(config.data) ? "parametersShort" : "parameters";
  const text = side === null ? t("inAll", { number: countText(parameterCount), memory }) : t(words, { number: countText(ofSide) });
  return (
    <Popover look="word" label={t("sizeLabel")} trigger={text}>
      <SizeTable network={network} model={config.model} memory={memory} />
    </Popover>
  );
}
