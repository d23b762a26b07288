/** Where it all comes from: the data set, and a few held-out images at the entrance of the network. */
import { RefreshCw } from "lucide-react";
import { useMemo } from "react";
import { useText } from "../../i18n/use-text";
import { IconButton } from "../../ui/IconButton";
import { Column } from "../network/Column";
import { useRun, useStores } from "../stores";
import { Term } from "../Term";
import styles from "./DataColumn.module.css";
import { DatasetChooser } from "./DatasetChooser";
import { exampleOrder, nextExamples } from "./example-order";
import { InputImages } from "./InputImages";
import { LoadingState, MoreData } from "./LoadingState";

/** Four rows of two: one of almost every class. */
export const EXAMPLE_COUNT = 8;

interface DataColumnProps {
  /** Which example is followed through the network. */
  readonly selected: number;
  readonly onSelect: (position: number) => void;
}

export function DataColumn({ selected, onSelect }: DataColumnProps) {
  const { t } = useText("data");
  const { run } = useStores();
  const labels = useRun((state) => state.material?.examples.labels);
  const hasImages = useRun((state) => state.material !== null && state.snapshot !== null);
  const order = useMemo(() => (labels === undefined ? [] : exampleOrder(labels)), [labels]);

  function showOthers() {
    const { snapshot, chooseExamples } = run.getState();
    if (snapshot !== null) chooseExamples(nextExamples(order, snapshot.exampleIndices, EXAMPLE_COUNT));
  }

  return (
    <Column
      title={t("heading")}
      note={<DatasetChooser />}
      color="ink"
      foot={
        <>
          <span className={styles.note}>
            <Term id="heldOut">{t("inputs")}</Term> <MoreData />
          </span>
          <IconButton label={t("other")} isDisabled={!hasImages} onPress={showOthers}>
            <RefreshCw size={16} aria-hidden />
          </IconButton>
        </>
      }
    >
      {hasImages ? <InputImages selected={selected} onSelect={onSelect} /> : <LoadingState />}
    </Column>
  );
}
