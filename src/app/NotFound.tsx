/** An address that leads nowhere, and the way back. */
import { useText } from "../i18n/use-text";
import { PLAY_PATH } from "./hash-path";
import styles from "./Shell.module.css";

export function NotFound({ path }: { readonly path: string }) {
  const { t } = useText("shell");
  return (
    <div className={styles.message}>
      <h2>{t("notFound.title")}</h2>
      <p>{t("notFound.text", { path })}</p>
      <p>
        <a href={`#${PLAY_PATH}`}>{t("notFound.back")}</a>
      </p>
    </div>
  );
}
