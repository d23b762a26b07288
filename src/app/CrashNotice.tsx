/** Shown in place of what could not be drawn; the experiment is in the address and outlives it. */
import type { FallbackProps } from "react-error-boundary";
import { useText } from "../i18n/use-text";
import { Button } from "../ui/Button";
import styles from "./Shell.module.css";

export function CrashNotice({ error, resetErrorBoundary }: FallbackProps) {
  const { t } = useText("shell");
  return (
    <div className={styles.message} role="alert">
      <h2>{t("crash.title")}</h2>
      <p>{t("crash.text")}</p>
      <div className={styles.actions}>
        <Button variant="primary" onPress={resetErrorBoundary}>
          {t("crash.retry")}
        </Button>
        <Button onPress={() => window.location.reload()}>{t("crash.reload")}</Button>
      </div>
      <details>
        <summary>{t("crash.details")}</summary>
        <pre className={styles.details}>{error instanceof Error ? (error.stack ?? error.message) : String(error)}</pre>
      </details>
    </div>
  );
}
