/** What an opened address asked for that could not be had, and what is used instead; its texts are shown as text only. */
import { useText } from "../i18n/use-text";
import { NoticePanel } from "./NoticePanel";
import { useDraft, useStores } from "./stores";
import styles from "./FailureNotice.module.css";

export function RepairNotice() {
  const { t } = useText("failures");
  const { draft } = useStores();
  const repairs = useDraft((state) => state.repairs);
  if (repairs.length === 0) return null;
  return (
    <NoticePanel
      tone="calm"
      title={t("repairs.title")}
      dismiss={{ label: t("action.dismiss"), run: () => draft.getState().dismissRepairs() }}
    >
      <ul className={styles.list}>
        {repairs.map(({ key, given, used }, i) => (
          <li key={`${i} ${key}`}>{used === null ? t("repairs.unknown", { key, given }) : t("repairs.change", { key, given, used })}</li>
        ))}
      </ul>
    </NoticePanel>
  );
}
