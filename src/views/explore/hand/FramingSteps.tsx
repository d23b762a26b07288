/** The way from the sheet to what the encoder sees, picture by picture. */
import { useStore } from "zustand";
import { useText } from "../../../i18n/use-text";
import { ImageTile } from "../../../charts/ImageTile";
import { useRun, useStores } from "../../stores";
import styles from "./HandPanel.module.css";
import { handStoreOf } from "./hand-store";

export function FramingSteps() {
  const { t } = useText("hand");
  const steps = useStore(handStoreOf(useStores()), (state) => state.steps);
  const isExample = useStore(handStoreOf(useStores()), ({ source }) => source.kind === "example");
  const isDigit = useRun(({ config }) => config.data === "mnist");
  if (isExample) return <p className={styles.note}>{t("exampleNote")}</p>;
  return (
    <section className={styles.section}>
      <h3>{t("steps")}</h3>
      <ol className={styles.steps}>
        {steps.map(({ id, picture }) => (
          <li key={id}>
            <ImageTile pixels={picture.pixels} scale={1} shape={picture} className={styles.step} />
            <span>{t(`step.${id}`, { width: picture.width, height: picture.height })}</span>
          </li>
        ))}
      </ol>
      {isDigit && <p className={styles.note}>{t("digitNote")}</p>}
    </section>
  );
}
