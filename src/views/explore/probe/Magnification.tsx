/** How much the decoder magnifies a small step on the map at the probe. */
import { useDeferredValue, useMemo } from "react";
import { useText } from "../../../i18n/use-text";
import { briefText } from "../../../lib/number-text";
import { magnification } from "../../../model/metric";
import { currentModel, toldClass } from "../../../store/model-view";
import { useMap } from "../../latent/use-map";
import { useProbe, useRun } from "../../stores";

export function Magnification() {
  const { t } = useText("explore");
  const z = useDeferredValue(useProbe((state) => state.z));
  const label = useProbe((state) => state.label);
  const model = useDeferredValue(useRun(currentModel));
  const { plane } = useMap();
  const factor = useMemo(() => {
    if (model === null || plane === null || z.length !== model.network.latentDim) return null;
    const { network, weights } = model;
    return magnification(network, weights, plane, Float32Array.from(z), 1, [toldClass(network, label) ?? 0])[0]!;
  }, [model, plane, z, label]);
  if (plane === null) return null;
  return (
    <div>
      {t("probe.magnification")} <b>{factor === null ? "–" : briefText(factor)}</b>{" "}
      {t(z.length === 1 ? "probe.magnificationLine" : "probe.magnificationPlane")}
    </div>
  );
}
