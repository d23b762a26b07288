/** How a GAN stands: scores of real and generated images, classes covered, either side's own step. */
import { useText } from "../../i18n/use-text";

export function GamePanel() {
  const { t } = useText("adversary");
  return <p>{t("title")}</p>;
}
