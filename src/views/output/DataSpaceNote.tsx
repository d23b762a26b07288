/** What the picture of the data space shows, and what it leaves out. */
import { useText } from "../../i18n/use-text";
import { isCorrupted } from "../../model/corruption";
import { useRun } from "../stores";

export function DataSpaceNote() {
  const { t } = useText("adversary");
  const config = useRun((state) => state.config);
  const { latentDim, pixels } = useRun((state) => state.network);
  const isGan = config.model === "gan";
  return (
    <>
      <p>{t(isGan ? "space.aboutGan" : "space.about")}</p>
      {isCorrupted(config) && <p>{t("space.aboutCorrupted")}</p>}
      <p>{t(latentDim === 1 ? "space.aboutCurve" : latentDim === 2 ? "space.aboutSheet" : "space.aboutPlane")}</p>
      {isGan && <p>{t(pixels === 2 ? "space.aboutField" : "space.aboutNoField")}</p>}
      {pixels === 3 && <p>{t("space.aboutTurn")}</p>}
    </>
  );
}
