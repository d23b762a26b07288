/**
 * Weights from a file, chosen or dropped: a new run that starts with them. A file that
 * does not fit is told in words and changes nothing.
 */
import { type DragEvent, useEffect, useRef, useState } from "react";
import { MAX_FILE_BYTES, readWeightFile, type FittingWeights, type WeightFileReading } from "../../exchange/weight-file";
import { useText } from "../../i18n/use-text";
import { Button } from "../../ui/Button";
import { useStores, type Stores } from "../stores";
import { ImportProblems } from "./ImportProblems";
import styles from "./ExchangePanel.module.css";

export function ImportWeights() {
  const { t } = useText("exchange");
  const stores = useStores();
  const field = useRef<HTMLInputElement>(null);
  const answer = useRef<HTMLDivElement>(null);
  const [reading, setReading] = useState<WeightFileReading | null>(null);

  // Below what is there already: without this it would be said where nobody looks.
  useEffect(() => {
    if (reading !== null) answer.current?.scrollIntoView({ block: "nearest" });
  }, [reading]);

  async function take(file: File | undefined) {
    if (file === undefined) return;
    const read = await readFile(file, stores);
    if (read.fit !== null) begin(read.fit, stores);
    setReading(read);
  }
  function takeElsewhere(fit: FittingWeights) {
    begin(fit, stores);
    setReading({ fit });
  }
  function onDrop(event: DragEvent) {
    event.preventDefault();
    void take(event.dataTransfer.files[0]);
  }

  return (
    // A file may be dropped here too; the field within is the way for everybody.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className={styles.drop} onDragOver={(event) => event.preventDefault()} onDrop={onDrop}>
      <p className={styles.hint}>{t("import.what")}</p>
      {/* The browser's own field speaks the browser's language; the button speaks the page's. */}
      <Button onPress={() => field.current?.click()}>{t("import.choose")}</Button>
      <input
        ref={field}
        type="file"
        accept=".safetensors"
        hidden
        onChange={(event) => {
          void take(event.target.files?.[0]);
          event.target.value = ""; // so that the same file, mended, can be chosen again
        }}
      />
      <div ref={answer} aria-live="polite" className={styles.answer}>
        {reading?.fit && <p className={styles.done}>{t("import.done")}</p>}
        {reading !== null && reading.fit === null && <ImportProblems problems={reading.problems} />}
      </div>
      {reading?.fit === null && reading.elsewhere !== null && <Elsewhere fit={reading.elsewhere} onPress={takeElsewhere} />}
    </div>
  );
}

function Elsewhere({ fit, onPress }: { readonly fit: FittingWeights; readonly onPress: (fit: FittingWeights) => void }) {
  const { t } = useText("exchange");
  return (
    <>
      <p className={styles.hint}>{t("import.elsewhere")}</p>
      <Button onPress={() => onPress(fit)}>{t("import.open")}</Button>
    </>
  );
}

function failed(kind: "too-large" | "unreadable"): WeightFileReading {
  return { fit: null, problems: [{ kind }], elsewhere: null };
}

/** Reads a file for the experiment that the controls say, or the run's while they say none that could run. */
async function readFile(file: File, { draft, run }: Stores): Promise<WeightFileReading> {
  if (file.size > MAX_FILE_BYTES) return failed("too-large");
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return failed("unreadable"); // moved or changed since it was chosen
  }
  return readWeightFile(bytes, draft.getState().issues.length === 0 ? draft.getState().config : run.getState().config);
}

/** The run first: a draft that says what the run is asks for no other. */
function begin({ config, weights }: FittingWeights, { draft, run }: Stores): void {
  const { options } = draft.getState();
  run.getState().prepare(config, options, { weights });
  draft.getState().load(config, options);
}
