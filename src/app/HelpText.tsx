/** What the help dialog holds: shortcuts, settings, where the numbers stay, licences. */
import { useText } from "../i18n/use-text";
import { BACKENDS } from "../protocol/run-config";
import type { PreferencesState } from "../store/preferences-store";
import { Segmented } from "../ui/Segmented";
import { Select } from "../ui/Select";
import { Switch } from "../ui/Switch";
import { useDraft, usePreferences, useStores } from "../views/stores";
import styles from "./HelpText.module.css";

export function HelpText() {
  const { t } = useText("panels");
  return (
    <>
      <h3 className={styles.heading}>{t("help.shortcuts")}</h3>
      <Shortcuts />
      <h3 className={styles.heading}>{t("help.mapKeys")}</h3>
      <MapShortcuts />
      <h3 className={styles.heading}>{t("help.settings")}</h3>
      <Settings />
      <p className={styles.private}>{t("help.private")}</p>
      <p className={styles.notices}>
        <a href="./third-party-notices.txt">{t("help.notices")}</a>
      </p>
    </>
  );
}

function Shortcuts() {
  const { t } = useText("panels");
  const rows = [
    [t("help.space"), t("help.train")],
    [".", t("help.step")],
    ["R", t("help.reset")],
    ["?", t("help.open")],
  ] as const;
  return <KeyList rows={rows} />;
}

/** Keys that the map has while it is focused, as a press on it makes it. */
function MapShortcuts() {
  const { t } = useText("panels");
  const rows = [
    [t("help.arrowKeys"), t("help.arrows")],
    ["Home", t("help.home")],
    ["N", t("help.neighbours")],
    ["+ − 0", t("help.zoom")],
    ["P", t("help.pin")],
    ["B", t("help.drag")],
    ["1 – 7", t("help.layersKeys")],
    ["[ ]", t("help.history")],
    ["Esc", t("help.leave")],
  ] as const;
  return <KeyList rows={rows} />;
}

function KeyList({ rows }: { readonly rows: readonly (readonly [key: string, deed: string])[] }) {
  return (
    <dl className={styles.keys}>
      {rows.map(([key, deed]) => (
        <div key={key} className={styles.row}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{deed}</dd>
        </div>
      ))}
    </dl>
  );
}

const CLOUD_SIZES = ["1000", "2000", "5000"] as const;

function Settings() {
  const { t, language } = useText("panels");
  const { draft, preferences } = useStores();
  const backend = useDraft((state) => state.options.backend);
  const cloudSize = usePreferences((state) => state.cloudSize);
  const pauseWhenHidden = usePreferences((state) => state.pauseWhenHidden);
  const set: PreferencesState["set"] = (change) => preferences.getState().set(change);
  return (
    <div className={styles.settings}>
      <Switch label={t("help.pauseWhenHidden")} isOn={pauseWhenHidden} onChange={(isOn) => set({ pauseWhenHidden: isOn })} />
      <div className={styles.setting}>
        <span aria-hidden>{t("help.cloudSize")}</span>
        <Segmented
          label={t("help.cloudSize")}
          color="latent"
          options={CLOUD_SIZES.map((id) => ({ id, label: Number(id).toLocaleString(language) }))}
          value={`${cloudSize}`}
          onChange={(id) => set({ cloudSize: Number(id) as PreferencesState["cloudSize"] })}
        />
      </div>
      <Select
        label={t("help.backend")}
        options={[{ id: "auto", label: t("help.automatic") }, ...BACKENDS.map((id) => ({ id, label: t(`help.${id}`) }))]}
        value={backend}
        onChange={(id) => draft.getState().editOptions({ backend: id })}
      />
    </div>
  );
}
