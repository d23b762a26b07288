/** The data sets to choose from, each with a few of its images, what is in it and whose it is. */
import { ChevronDown } from "lucide-react";
import { useText } from "../../i18n/use-text";
import { countText } from "../../lib/number-text";
import { DATASET_IDS, DATASETS, type DatasetId } from "../../protocol/datasets";
import { Popover } from "../../ui/Popover";
import { Segmented } from "../../ui/Segmented";
import { StartsOver } from "../network/StartsOver";
import { useDraft } from "../stores";
import styles from "./DatasetChooser.module.css";

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
      <Choices />
    </Popover>
  );
}

function Choices() {
  const { t } = useText("data");
  const config = useDraft((state) => state.config);
  const edit = useDraft((state) => state.edit);
  const { trainDefault, trainMax } = DATASETS[config.data];
  return (
    <div className={styles.chooser}>
      <fieldset className={styles.choices}>
        <legend className={styles.title}>{t("chooseTitle")}</legend>
        {DATASET_IDS.map((id) => (
          <Choice key={id} id={id} isChosen={id === config.data} onChoose={() => edit({ data: id })} />
        ))}
      </fieldset>
      {trainMax > trainDefault && (
        <div className={styles.sizes}>
          <span>{t("trainSize")}</span>
          <Segmented
            label={t("trainSize")}
            options={[trainDefault, trainMax].map((size) => ({ id: String(size), label: countText(size) }))}
            value={String(config.trainSize)}
            onChange={(size) => edit({ trainSize: Number(size) })}
          />
          <p className={styles.small}>{t("trainSizeHint")}</p>
        </div>
      )}
      <StartsOver />
    </div>
  );
}

function Choice({ id, isChosen, onChoose }: { readonly id: DatasetId; readonly isChosen: boolean; readonly onChoose: () => void }) {
  const { t } = useText("data");
  const { trainDefault, heldOut, image } = DATASETS[id];
  // A mask, so that the strip, black on nothing, takes the theme's ink.
  const strip = `url("${import.meta.env.BASE_URL}data/${id}/thumbnails.png")`;
  return (
    <label className={styles.choice} data-on={isChosen || undefined}>
      <input type="radio" name="dataset" className="visually-hidden" checked={isChosen} onChange={onChoose} />
      <span className={styles.name}>{t(`titles.${id}`)}</span>
      <span
        className={styles.strip}
        style={{ aspectRatio: `${8 * image.width} / ${image.height}`, maskImage: strip, WebkitMaskImage: strip }}
        aria-hidden
      />
      <span className={styles.small}>{t(`about.${id}`)}</span>
      <span className={styles.small}>{t("split", { train: countText(trainDefault), heldOut: countText(heldOut) })}</span>
      <span className={styles.licence}>{t(`licences.${id}`)}</span>
    </label>
  );
}
