/** Pictures from elsewhere: a file that is chosen, dropped or pasted, or one of the held-out images. */
import { type DragEvent, type ReactNode, useEffect, useEffectEvent, useRef, useState } from "react";
import { useStore } from "zustand";
import { useText } from "../../../i18n/use-text";
import { pixelCount } from "../../../protocol/datasets";
import { Button } from "../../../ui/Button";
import { useRun, useStores } from "../../stores";
import styles from "./HandPanel.module.css";
import { handStoreOf } from "./hand-store";
import { readPicture, type PictureProblem } from "./read-picture";

export function PictureSources({ children }: { readonly children: ReactNode }) {
  const { t } = useText("hand");
  const hand = handStoreOf(useStores());
  const field = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<PictureProblem | null>(null);
  const isNoisy = useStore(hand, ({ source }) => source.kind === "file" && source.isNoisy);

  /** @returns false where there is no file among them */
  function take(files: FileList | null | undefined): boolean {
    const file = files?.[0];
    if (file === undefined) return false;
    void readPicture(file).then((reading) => {
      setProblem(reading.problem);
      if (reading.problem === null) hand.getState().takeFile(reading.image, reading.isNoisy);
    });
    return true;
  }
  function onDrop(event: DragEvent) {
    event.preventDefault();
    take(event.dataTransfer.files);
  }
  const onPaste = useEffectEvent((event: ClipboardEvent) => {
    if (take(event.clipboardData?.files)) event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: ClipboardEvent) => onPaste(event);
    document.addEventListener("paste", listen);
    return () => document.removeEventListener("paste", listen);
  }, []);

  return (
    // A file may be dropped anywhere here; the button within is the way for everybody.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className={styles.sources} onDragOver={(event) => event.preventDefault()} onDrop={onDrop}>
      {children}
      <div className={styles.row}>
        <Button onPress={() => field.current?.click()}>{t("choose")}</Button>
        <ExampleButton />
        <input
          ref={field}
          type="file"
          accept="image/png,image/jpeg,image/webp"
          hidden
          onChange={(event) => {
            take(event.target.files);
            event.target.value = ""; // so that the same file can be chosen again
          }}
        />
      </div>
      <p className={styles.note}>{t("sources")}</p>
      <div aria-live="polite">
        {problem !== null && <p className={styles.problem}>{t(`problem.${problem}`)}</p>}
        {isNoisy && <p className={styles.problem}>{t("noisy")}</p>}
      </div>
    </div>
  );
}

/** Held-out images one after the other: a way to begin without a pen. */
function ExampleButton() {
  const { t } = useText("hand");
  const hand = handStoreOf(useStores());
  const material = useRun((state) => state.material);
  const next = useStore(hand, ({ source }) => (source.kind === "example" ? source.index + 1 : 0));

  function takeNext() {
    if (material === null) return;
    const { image, examples } = material;
    const size = pixelCount(image);
    const index = next % Math.max(1, Math.floor(examples.pixels.length / size));
    const bytes = examples.pixels.subarray(index * size, (index + 1) * size);
    hand.getState().takeExample(index, { ...image, pixels: Float32Array.from(bytes, (byte) => byte / 255) });
  }
  return (
    <Button onPress={takeNext} isDisabled={material === null}>
      {t(next === 0 ? "example" : "nextExample")}
    </Button>
  );
}
