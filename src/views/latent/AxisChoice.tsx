/** Which two latent dimensions are the map. */
import { ArrowLeftRight } from "lucide-react";
import type { ReactNode } from "react";
import { useText } from "../../i18n/use-text";
import { fixedText } from "../../lib/number-text";
import { IconButton } from "../../ui/IconButton";
import { Select } from "../../ui/Select";
import { useProbe, useRun, useStores } from "../stores";
import type { DimensionFacts } from "./dimension-facts";
import { axisName } from "./latent-text";
import styles from "./OtherDimensions.module.css";

interface AxisChoiceProps {
  readonly facts: readonly DimensionFacts[] | null;
  /** Stands at the end of the row. */
  readonly children?: ReactNode;
}

export function AxisChoice({ facts, children }: AxisChoiceProps) {
  const { t } = useText("latent");
  const { explorer, probe } = useStores();
  const latentDim = useRun((state) => state.network.latentDim);
  const [across, up] = useProbe((state) => state.axes);
  const choose = (axes: readonly [number, number]) => {
    probe.getState().setAxes(axes);
    explorer.getState().set({ map: { kind: "axes" } });
  };
  const options = Array.from({ length: latentDim }, (_, dimension) => {
    const kl = facts?.[dimension]?.kl ?? null;
    return {
      id: String(dimension),
      label: axisName(dimension),
      ...(kl === null ? {} : { hint: t("klOf", { kl: fixedText(kl, 1) }) }),
    };
  });
  return (
    <div className={styles.axes}>
      <Select label={t("horizontal")} options={options} value={String(across)} onChange={(id) => choose([Number(id), up])} />
      <IconButton label={t("swap")} onPress={() => choose([up, across])}>
        <ArrowLeftRight size={16} aria-hidden />
      </IconButton>
      <Select label={t("vertical")} options={options} value={String(up)} onChange={(id) => choose([across, Number(id)])} />
      {children}
    </div>
  );
}
