/** The data set, and on press those to choose from. */
import { ChevronDown } from "lucide-react";
import { useText } from "../../i18n/use-text";
import { Popover } from "../../ui/Popover";
import { lazyView } from "../lazy-view";
import { useDraft } from "../stores";
import styles from "./DatasetChooser.module.css";

const DatasetChoices = lazyView("panels", async () => (await import("./DatasetChoices")).DatasetChoices);

export function DatasetChooser() {
  const { t } = useText("data");
  const chosen = useDraft((state) => state.config.data);
  return (
    <Popover
      look="bare"
      label={t("choose", { name: t(`titles.${chosen}`) })}
      trigger={
        <span className={styles.trigger}>
          <span>{t(`names.${chosen}`)}</span>
          <ChevronDown size={14} aria-hidden />
        </span>
      }
    >
      <DatasetChoices />
    </Popover>
  );
}
