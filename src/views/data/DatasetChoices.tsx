/** The data sets to choose from, each with a few of its images, what is in it and whose it is. */
import { useText } from "../../i18n/use-text";
import { countText } from "../../lib/number-text";
import { DATASET_IDS, DATASETS, isPointCloud, type DatasetId } from "../../protocol/datasets";
import { Segmented } from "../../ui/Segmented";
import { StartsOver } from "../network/StartsOver";
import { useDraft } from "../stores";
import styles from "./DatasetChoices.module.css";

export function DatasetChoices() {
  const { t } = useText("panels");
  const config = useDraft((state) => state.config);
  const edit = useDraft((state) => state.edit);
  const { trainDefault, trainMax } = DATASETS[config.data];
  return (
    <div className={styles.chooser}>
      <fieldset className={styles.choices}>
        <legend className={styles.title}>{t("datasets.chooseTitle")}</legend>
        {DATASET_IDS.map((id) => (
          <Choice key={id} id={id} isChosen={id === config.data} onChoose={() => edit({ data: id })} />
        ))}
      </fieldset>
      {trainMax > trainDefault && (
        <div className={styles.sizes}>
          <span>{t("datasets.trainSize")}</span>
          <Segmented
            label={t("datasets.trainSize")}
            options={[trainDefault, trainMax].map((size) => ({ id: String(size), label: countText(size) }))}
            value={String(config.trainSize)}
            onChange={(size) => edit({ trainSize: Number(size) })}
          />
          <p className={styles.small}>{t("datasets.trainSizeHint")}</p>
        </div>
      )}
      <StartsOver />
    </div>
  );
}

function Choice({ id, isChosen, onChoose }: { readonly id: DatasetId; readonly isChosen: boolean; readonly onChoose: () => void }) {
  const { t } = useText("panels");
  const { t: name } = useText("data");
  const { trainDefault, heldOut, image } = DATASETS[id];
  // A mask, so that the strip, black on nothing, takes the theme's ink; in colour it is the picture itself.
  const strip = `url("${import.meta.env.BASE_URL}data/${id}/thumbnails.png")`;
  return (
    <label className={styles.choice} data-on={isChosen || undefined}>
      <input type="radio" name="dataset" className="visually-hidden" checked={isChosen} onChange={onChoose} />
      <span className={styles.name}>{name(`titles.${id}`)}</span>
      <span
        className={styles.strip}
        style={{
          aspectRatio: isPointCloud(id) ? "8 / 1" : `${8 * image.width} / ${image.height}`,
          ...(image.channels === 3 ? { background: `${strip} 0 0 / 100% 100%` } : { maskImage: strip, WebkitMaskImage: strip }),
        }}
        aria-hidden
      />
      <span className={styles.small}>{t(`datasets.about.${id}`)}</span>
      <span className={styles.small}>{t("datasets.split", { train: countText(trainDefault), heldOut: countText(heldOut) })}</span>
      <span className={styles.licence}>{t(`datasets.licences.${id}`)}</span>
    </label>
  );
}
