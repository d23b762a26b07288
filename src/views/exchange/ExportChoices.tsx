/** One button for each thing that can be taken home; what it gives is made when it is pressed, from the last snapshot. */
import type { ReactNode } from "react";
import { fileNames } from "../../exchange/file-names";
import { kerasRefusal } from "../../exchange/keras-script";
import { useText } from "../../i18n/use-text";
import { countText } from "../../lib/number-text";
import { useRun, useStores } from "../stores";
import { curvesFile, kerasFile, pytorchFile, saveFile, weightsFile, type ExportedFile } from "./exported-files";
import styles from "./ExchangePanel.module.css";

export function ExportChoices() {
  const { t } = useText("exchange");
  const { run } = useStores();
  const step = useRun((state) => state.snapshot?.step ?? 0);
  const config = useRun((state) => state.config);
  const names = fileNames(config, step);
  const refusal = kerasRefusal(config);
  const save = (make: (state: ReturnType<typeof run.getState>) => ExportedFile) => () => saveFile(make(run.getState()));
  return (
    <>
      <p className={styles.hint}>{t("ofStep", { step: countText(step) })}</p>
      <ul className={styles.choices}>
        <Choice name={t("weights.name")} onPress={save(weightsFile)}>
          {t("weights.what")}
        </Choice>
        <Choice name={t("curves.name")} onPress={save(curvesFile)}>
          {t("curves.what")}
        </Choice>
        <Choice name={t("pytorch.name")} onPress={save(pytorchFile)}>
          {t("pytorch.what")}
        </Choice>
        <Choice name={t("keras.name")} onPress={save(kerasFile)} isDisabled={refusal !== null}>
          {refusal === null ? t("keras.what") : t(`keras.${refusal}`)}
        </Choice>
      </ul>
      <p className={styles.hint}>{t("use")}</p>
      <code className={styles.command}>{`python3 ${names.pytorch} --weights ${names.weights}`}</code>
    </>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly onPress: () => void;
  readonly isDisabled?: boolean;
  /** What it is for. */
  readonly children: ReactNode;
}

function Choice({ name, onPress, isDisabled = false, children }: ChoiceProps) {
  return (
    <li>
      <button type="button" className={styles.choice} onClick={onPress} disabled={isDisabled}>
        <span className={styles.name}>{name}</span>
        <span className={styles.hint}>{children}</span>
      </button>
    </li>
  );
}
