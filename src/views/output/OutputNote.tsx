/** What opens beneath the Output column: what these images are, and what their numbers leave out. */
import { useText } from "../../i18n/use-text";
import { isBinarised, isCorrupted } from "../../model/corruption";
import { isPointCloud } from "../../protocol/datasets";
import { useRun } from "../stores";
import { DataSpaceNote } from "./DataSpaceNote";
import styles from "./OutputNote.module.css";

export function OutputNote() {
  const config = useRun((state) => state.config);
  return (
    <div className={styles.note}>
      {isPointCloud(config.data) ? <DataSpaceNote /> : config.model === "gan" ? <GeneratedNote /> : <ReconstructionNote />}
    </div>
  );
}

function ReconstructionNote() {
  const { t } = useText("adversary");
  const config = useRun((state) => state.config);
  return (
    <>
      <p>{t(config.model === "vae" ? "output.mean" : "output.code")}</p>
      {isBinarised(config) && <p>{t("output.binarised")}</p>}
      {isCorrupted(config) && <p>{t("output.corrupted")}</p>}
      <p>{t("output.loss")}</p>
      <Clipped />
    </>
  );
}

function GeneratedNote() {
  const { t } = useText("adversary");
  return (
    <>
      <p>{t("output.generated")}</p>
      <p>{t("output.score")}</p>
      <Clipped />
    </>
  );
}

function Clipped() {
  const { t } = useText("adversary");
  const isBounded = useRun(({ config }) => config.outputActivation === "sigmoid");
  return !isBounded && <p>{t("output.clipped")}</p>;
}
