/** What a generator makes of one of its fixed draws, and what discriminator and classifier say of it. */
import { useMemo } from "react";
import { classColour, themeOfCard } from "../../charts/class-colours";
import { useInks } from "../../charts/ink";
import { probabilityOf } from "../../charts/score-histogram";
import { useText } from "../../i18n/use-text";
import { fixedText } from "../../lib/number-text";
import { currentModel, decodeCode } from "../../store/model-view";
import { SampleTile } from "../data/SampleTile";
import { useProbe, useRun } from "../stores";
import styles from "./ExampleCard.module.css";
import { axisName } from "./latent-text";

export function DrawCard({ index }: { readonly index: number }) {
  const { t, language } = useText("adversary");
  const model = useRun(currentModel);
  const adversarial = useRun((state) => state.snapshot?.adversarial) ?? null;
  const classNames = useRun(({ material }) => material?.classNames[language]);
  const axes = useProbe((state) => state.axes);
  const theme = themeOfCard(useInks().card);
  const latentDim = model?.network.latentDim ?? 0;
  const z = useMemo(
    () => [...(adversarial?.draws.subarray(index * latentDim, (index + 1) * latentDim) ?? [])],
    [adversarial, index, latentDim],
  );
  const pixels = useMemo(() => (model === null ? null : decodeCode(model, z)), [model, z]);
  if (model === null || adversarial === null || pixels === null) return null;

  const label = adversarial.drawClasses?.[index];
  const score = adversarial.fakeScores[index];
  return (
    <div className={styles.card}>
      <SampleTile pixels={pixels} scale={1} shape={model.network.image} ink="decoder" className={styles.image} />
      <div>
        {label !== undefined && (
          <div className={styles.name}>
            <i className={styles.dot} style={{ background: classColour(label, theme) }} />
            {classNames?.[label]}
          </div>
        )}
        {(axes[0] === axes[1] ? [axes[0]] : axes).map((axis) => (
          <div key={axis}>
            {axisName(axis)} <b>{fixedText(z[axis] ?? Number.NaN, 2)}</b>
          </div>
        ))}
        {score !== undefined && (
          <div>
            {t("probability")} <b>{fixedText(probabilityOf(score), 2)}</b>
          </div>
        )}
      </div>
    </div>
  );
}
