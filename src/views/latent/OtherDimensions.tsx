/**
 * For more than two latent dimensions: which two are shown, and where the probe stands in
 * all the others. Beside each dimension its KL, so that a collapsed one is known at sight.
 */
import { useText } from "../../i18n/use-text";
import { Button } from "../../ui/Button";
import { Term } from "../Term";
import { useExplorer, useProbe, useRun, useStores } from "../stores";
import { AxisChoice } from "./AxisChoice";
import { useDimensions } from "./dimension-facts";
import { DimensionSlider } from "./DimensionSlider";
import styles from "./OtherDimensions.module.css";

export function OtherDimensions() {
  const latentDim = useRun((state) => state.network.latentDim);
  return latentDim > 2 ? <Controls latentDim={latentDim} /> : null;
}

function Controls({ latentDim }: { readonly latentDim: number }) {
  const { t } = useText("latent");
  const { probe } = useStores();
  const axes = useProbe((state) => state.axes);
  const isAxes = useExplorer(({ map }) => map.kind === "axes");
  const { facts, reach, mostKl } = useDimensions();
  const others = Array.from({ length: latentDim }, (_, dimension) => dimension).filter((it) => !isAxes || !axes.includes(it));
  const kl = (dimension: number) => facts?.[dimension]?.kl ?? null;

  return (
    <div className={styles.controls}>
      <AxisChoice facts={facts}>
        <span className={styles.reset}>
          <Button variant="quiet" onPress={() => others.forEach((dimension) => probe.getState().setZ(dimension, 0))}>
            {t("resetOthers")}
          </Button>
        </span>
      </AxisChoice>
      <div className={styles.note}>
        {t("others")} · {kl(0) === null ? t("othersNoteAe") : <KlNote />}
      </div>
      <fieldset className={styles.list} aria-label={t("others")}>
        {others.map((dimension) => (
          <DimensionSlider key={dimension} dimension={dimension} reach={reach} kl={kl(dimension)} mostKl={mostKl} />
        ))}
      </fieldset>
    </div>
  );
}

function KlNote() {
  const { t } = useText("latent");
  return (
    <>
      <Term id="kl">KL</Term> {t("othersNote")}
    </>
  );
}
