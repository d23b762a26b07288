/** The parameters of the network layer by layer. */
import { useText } from "../../i18n/use-text";
import { countText } from "../../lib/number-text";
import type { LayerSpec, Network } from "../../model/network";
import type { RunConfig } from "../../protocol/run-config";
import type { Side } from "./architecture";
import { LAYER_OF, parametersOf } from "./layer-text";
import { layersOfSides, sideColor } from "./network-sides";
import styles from "./NetworkSize.module.css";

interface SizeTableProps {
  readonly network: Network;
  readonly model: RunConfig["model"];
  /** Of training, in words. */
  readonly memory: string;
}

export function SizeTable({ network, model, memory }: SizeTableProps) {
  const { t } = useText("layers");
  const { t: title } = useText("network");
  const { encoder, decoder } = layersOfSides(network);
  const hasConvs = [...encoder, ...decoder].some(({ kind }) => kind !== "dense");
  return (
    <div className={styles.size}>
      <table className={styles.table}>
        <caption className={styles.caption}>{title("sizeLabel")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("size.layer")}</th>
            <th scope="col">{t("size.shape")}</th>
            <th scope="col">{t("size.parameters")}</th>
          </tr>
        </thead>
        <tbody>
          {encoder.map((layer) => (
            <Row key={layer.name} network={network} model={model} layer={layer} side="encoder" />
          ))}
          {decoder.map((layer) => (
            <Row key={layer.name} network={network} model={model} layer={layer} side="decoder" />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              {t("size.total")}
            </th>
            <td>{countText(network.parameterCount)}</td>
          </tr>
        </tfoot>
      </table>
      <p>{t("size.what")}</p>
      {hasConvs && <p>{t("size.whatConv")}</p>}
      <p>{t("size.memory", { memory })}</p>
    </div>
  );
}

interface RowProps extends Pick<SizeTableProps, "network" | "model"> {
  readonly layer: LayerSpec;
  readonly side: Side;
}

function Row({ network, model, layer, side }: RowProps) {
  return (
    <tr>
      <th scope="row" data-side={sideColor({ model }, side)}>
        {useLayerName(layer.name, model)}
      </th>
      <td>{shapes(layer)}</td>
      <td>{countText(parametersOf(network, layer))}</td>
    </tr>
  );
}

/** In and out: a told label apart, of a convolution as images, channels last. */
function shapes(layer: LayerSpec): string {
  if (layer.kind === "dense") {
    const told = layer.classes > 0 ? ` + ${layer.classes}` : "";
    return `${countText(layer.inputs - layer.classes)}${told} → ${countText(layer.units)}`;
  }
  return [layer.from, layer.to].map(({ height, width, channels }) => `${height}×${width}×${channels}`).join(" → ");
}

/** `encoder.0` → encoder layer 1; the heads by their symbols. */
function useLayerName(name: string, model: RunConfig["model"]): string {
  const { t } = useText("network");
  const { t: layers } = useText("layers");
  const [side, index] = name.split(".");
  switch (side) {
    case "encoder":
    case "decoder":
      return t(LAYER_OF[model === "gan" ? "gan" : "autoencoder"][side], { index: Number(index) + 1 });
    case "score":
      return t("score");
    case "mean":
      return "μ";
    case "logVar":
      return "log σ²";
    default:
      return layers("output");
  }
}
