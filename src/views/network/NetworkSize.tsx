/** How many parameters a side has, or the network in all with its memory; opens the count layer by layer. */
import { useText } from "../../i18n/use-text";
import { countText } from "../../lib/number-text";
import { estimateMemory } from "../../model/memory";
import type { LayerSpec, Network } from "../../model/network";
import { Popover } from "../../ui/Popover";
import type { Side } from "./architecture";
import { memoryText } from "./memory-text";
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
  const { encoder, decoder } = layersOfSides(network);
  const counts = { encoder: total(encoder), decoder: total(decoder) };
  const { latentDim, parameterCount } = network;
  if (!Number.isFinite(parameterCount) || latentDim < 1)
    return side === null && <span className={styles.invalid}>{t("size.invalid")}</span>;

  const memory = memoryText(estimateMemory(config, network));
  const text =
    side === null ? t("inAll", { number: countText(parameterCount), memory }) : t("parameters", { number: countText(counts[side]) });
  return (
    <Popover look="word" label={t("size.label")} trigger={text}>
      <div className={styles.size}>
        <table className={styles.table}>
          <caption className={styles.caption}>{t("size.label")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("size.layer")}</th>
              <th scope="col">{t("size.shape")}</th>
              <th scope="col">{t("size.parameters")}</th>
            </tr>
          </thead>
          <tbody>
            {encoder.map((layer) => (
              <Row key={layer.name} layer={layer} side="encoder" />
            ))}
            {decoder.map((layer) => (
              <Row key={layer.name} layer={layer} side="decoder" />
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={2}>
                {t("size.total")}
              </th>
              <td>{countText(parameterCount)}</td>
            </tr>
          </tfoot>
        </table>
        <p>{t("size.what")}</p>
        <p>{t("size.memory", { memory })}</p>
      </div>
    </Popover>
  );
}

function Row({ layer, side }: { readonly layer: LayerSpec; readonly side: Side }) {
  const { t } = useText("network");
  return (
    <tr>
      <th scope="row" data-side={side}>
        {layerName(t, layer.name)}
      </th>
      <td>
        {countText(layer.inputs)} → {countText(layer.units)}
      </td>
      <td>{countText(parametersOf(layer))}</td>
    </tr>
  );
}

/** `encoder.0` → encoder layer 1; the heads by their symbols. */
function layerName(t: ReturnType<typeof useText<"network">>["t"], name: string): string {
  const [side, index] = name.split(".");
  switch (side) {
    case "encoder":
      return t("encoderLayer", { index: Number(index) + 1 });
    case "decoder":
      return t("decoderLayer", { index: Number(index) + 1 });
    case "mean":
      return "μ";
    case "logVar":
      return "log σ²";
    default:
      return t("output");
  }
}

function layersOfSides({ encoder, mean, logVar, decoder, output }: Network): Readonly<Record<Side, readonly LayerSpec[]>> {
  return { encoder: [...encoder, mean, ...(logVar === null ? [] : [logVar])], decoder: [...decoder, output] };
}

function parametersOf({ inputs, units }: LayerSpec): number {
  return inputs * units + units;
}

function total(layers: readonly LayerSpec[]): number {
  return layers.reduce((sum, layer) => sum + parametersOf(layer), 0);
}
