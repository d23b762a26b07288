/** Figures of merit of the model as it stands, asked for here or taken at the end of a run. */
import { useText } from "../../i18n/use-text";

export function FiguresPanel() {
  const { t } = useText("merit");
  return <p>{t("title")}</p>;
}
