/** The recorded runs by name; choosing one takes its config into the draft, which shows it. */
import { useText } from "../../i18n/use-text";
import { RECORDED_IDS, recordedConfig, recordedFor, type RecordedId } from "../../protocol/recorded";
import { Select } from "../../ui/Select";
import { loadConfig } from "../notes/load-preset";
import { useDraft, useStores } from "../stores";

/** What the list says while another experiment is on screen. */
const NONE = "none";

export function RecordedSelect() {
  const { t } = useText("recorded");
  const { draft } = useStores();
  const chosen = useDraft(({ config }) => recordedFor(config));
  const runs = RECORDED_IDS.map((id) => ({ id: id as RecordedId | typeof NONE, label: t(`runs.${id}`) }));
  return (
    <Select
      label={t("choose")}
      isLabelHidden
      options={chosen === null ? [{ id: NONE, label: t("none") }, ...runs] : runs}
      value={chosen ?? NONE}
      onChange={(id) => {
        if (id !== NONE) loadConfig(draft, recordedConfig(id));
      }}
    />
  );
}
