/** What can be done with a selection: take it home as a table, let go of it. */
import { useState } from "react";
import { fileStem } from "../../../exchange/file-names";
import { useText } from "../../../i18n/use-text";
import type { Floats } from "../../../protocol/messages";
import { Button } from "../../../ui/Button";
import { saveFile } from "../../exchange/exported-files";
import { useExplorer, useStores } from "../../stores";
import { surveyModelOf } from "../survey-model";
import type { SelectionProps } from "./ClassMix";
import styles from "./selection.module.css";
import { selectedPoints } from "./selected-points";

export function SelectionDeeds({ points, selection }: SelectionProps) {
  const { t, language } = useText("selection");
  const { run, survey } = useStores();
  const set = useExplorer((state) => state.set);
  const [state, setState] = useState<"idle" | "saving" | "noLosses">("idle");

  /** Losses of the held-out images; null where none are known. */
  async function losses(): Promise<Floats | null> {
    const { material, config } = run.getState();
    const model = surveyModelOf(run.getState());
    if (config.model === "gan" || material === null || model === null || selection[0]! >= points.exampleCount) return null;
    return (await survey.ask("losses", material.examples, { model })).losses;
  }
  async function save() {
    setState("saving");
    const known = await losses().then(
      (found) => ({ found, isRefused: false }),
      () => ({ found: null, isRefused: true }),
    );
    const { selectionCsv } = await import("../../../exchange/selection-csv");
    const { config, snapshot, material } = run.getState();
    const rows = selectedPoints(points, selection, {
      isGan: config.model === "gan",
      names: material?.classNames[language] ?? [],
      losses: known.found,
    });
    const content = selectionCsv(rows, points.latentDim);
    saveFile({ name: `${fileStem(config, snapshot?.step ?? 0)}-selection.csv`, type: "text/csv", content });
    setState(known.isRefused ? "noLosses" : "idle");
  }
  return (
    <div className={styles.row}>
      <Button onPress={() => void save()} isDisabled={state === "saving"}>
        {t("csv")}
      </Button>
      <Button onPress={() => set({ selection: null })}>{t("clear")}</Button>
      <output className={styles.hint}>{state === "saving" ? t("saving") : state === "noLosses" ? t("noLosses") : ""}</output>
    </div>
  );
}
