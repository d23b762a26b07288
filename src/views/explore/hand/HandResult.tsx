/** What the model makes of the visitor's picture: its code, its reconstruction, its neighbours. */
import { LocateFixed, Pin } from "lucide-react";
import { useMemo, useState } from "react";
import { useText } from "../../../i18n/use-text";
import { fixedText } from "../../../lib/number-text";
import { currentModel, toldClass } from "../../../store/model-view";
import type { HandPicture } from "../../../store/explorer-store";
import { Button } from "../../../ui/Button";
import { SampleTile } from "../../data/SampleTile";
import { axisName } from "../../latent/latent-text";
import { Term } from "../../Term";
import { useExplorer, useProbe, useRun, useStores } from "../../stores";
import { NearestExamples } from "../probe/NearestExamples";
import { readHand, type HandReading } from "./hand-reading";
import styles from "./HandPanel.module.css";

export function HandResult() {
  const { t } = useText("hand");
  const hand = useExplorer((state) => state.hand);
  const model = useRun(currentModel);
  const config = useRun((state) => state.config);
  const label = useProbe((state) => state.label);
  const reading = useMemo(
    () => (hand === null || model === null ? null : readHand(model, config, hand, toldClass(model.network, label) ?? 0)),
    [hand, model, config, label],
  );
  if (hand === null || model === null || reading === null) return <p>{t("waiting")}</p>;
  const shape = model.network.image;
  return (
    <>
      <section className={styles.section}>
        <h3>{t("result")}</h3>
        <div className={styles.pair}>
          <figure>
            <SampleTile pixels={hand.pixels} scale={1} shape={shape} label={t("seen")} />
            <figcaption>{t("seen")}</figcaption>
          </figure>
          <figure>
            <SampleTile pixels={reading.reconstruction} scale={1} shape={shape} ink="decoder" label={t("rebuilt")} />
            <figcaption>{t("rebuilt")}</figcaption>
          </figure>
        </div>
        <Figures reading={reading} hand={hand} />
        <Deeds hand={hand} />
      </section>
      <Neighbours hand={hand} />
    </>
  );
}

/** So many coordinates are told one by one; of more the length. */
const MOST_COORDINATES = 3;

function Figures({ reading: { loss, kl }, hand: { mean, logVar } }: { readonly reading: HandReading; readonly hand: HandPicture }) {
  const { t } = useText("hand");
  const isNats = useRun(({ config }) => config.reconstruction !== "mse");
  const place = Array.from(mean.subarray(0, MOST_COORDINATES), (mu, d) => {
    const at = `${axisName(d)} = ${fixedText(mu, 2)}`;
    return logVar === null ? at : `${at} ± ${fixedText(Math.exp(logVar[d]! / 2), 2)}`;
  });
  return (
    <div className={styles.figures}>
      <div>
        <Term id={isNats ? "reconstruction" : "mse"}>{t("loss")}</Term> <b>{fixedText(loss, 1)}</b> {t(isNats ? "nats" : "squares")}
      </div>
      {kl !== null && (
        <div>
          <Term id="kl">KL</Term> <b>{fixedText(kl, 1)}</b> {t("nats")}
        </div>
      )}
      <div>
        {mean.length <= MOST_COORDINATES
          ? place.map((text) => <div key={text}>{text}</div>)
          : t("norm", { dimensions: mean.length, norm: fixedText(Math.hypot(...mean), 2) })}
      </div>
    </div>
  );
}

function Deeds({ hand: { mean } }: { readonly hand: HandPicture }) {
  const { t } = useText("hand");
  const { probe, explorer, run } = useStores();
  const [said, setSaid] = useState("");
  const pin = () => {
    const label = toldClass(run.getState().network, probe.getState().label);
    setSaid(t("pinned", { id: explorer.getState().pin({ z: Array.from(mean), origin: "hand", label }) }));
  };
  return (
    <div className={styles.row}>
      <Button onPress={() => probe.getState().setCode(Array.from(mean))}>
        <LocateFixed size={16} aria-hidden />
        {t("goThere")}
      </Button>
      <Button onPress={pin}>
        <Pin size={16} aria-hidden />
        {t("pin")}
      </Button>
      <span className={styles.note} aria-live="polite">
        {said}
      </span>
    </div>
  );
}

/** Held-out images with the nearest codes. */
function Neighbours({ hand: { mean } }: { readonly hand: HandPicture }) {
  const { t } = useText("hand");
  const z = useMemo(() => Array.from(mean), [mean]);
  return (
    <section className={styles.section}>
      <h3>{t("neighbours")}</h3>
      <p className={styles.note}>{t("neighboursNote")}</p>
      <NearestExamples z={z} />
    </section>
  );
}
