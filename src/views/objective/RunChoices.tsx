/** The choices a run is made from: optimiser, batch, when to stop, seed. Those seldom touched are behind one button. */
import { SlidersHorizontal } from "lucide-react";
import { useText } from "../../i18n/use-text";
import { countText } from "../../lib/number-text";
import { isPointCloud } from "../../protocol/datasets";
import { OPTIMISERS, RANGES } from "../../protocol/run-config";
import { NumberField } from "../../ui/NumberField";
import { Popover } from "../../ui/Popover";
import { Select } from "../../ui/Select";
import { lazyView } from "../lazy-view";
import { useDraft, useStores } from "../stores";
import { Choice } from "./Choice";
import { batchChoices } from "./count-choices";
import styles from "./RunChoices.module.css";
import { useIssue } from "./use-issue";
import { USUAL_RATES } from "./usual-rates";

const FamilyOptions = lazyView("families", async () => (await import("./FamilyOptions")).FamilyOptions);
const MoreOptions = lazyView("panels", async () => (await import("./MoreOptions")).MoreOptions);

export function RunChoices() {
  const { t } = useText("objective");
  return (
    <div className={styles.choices}>
      <OptimiserChoice />
      <MomentumChoice />
      <BatchChoice />
      <EpochsChoice />
      <SeedChoice />
      <SigmaChoice />
      <div className={styles.more}>
        <Popover label={t("card.familyOptions")} trigger={<span>{t("card.family")}</span>}>
          <FamilyOptions />
        </Popover>
        <Popover look="icon" label={t("card.more")} trigger={<SlidersHorizontal size={18} />}>
          <MoreOptions />
        </Popover>
      </div>
    </div>
  );
}

function OptimiserChoice() {
  const { t } = useText("objective");
  const { draft } = useStores();
  const value = useDraft((state) => state.config.optimiser);
  return (
    <Choice term={value} name={t("card.optimiser")}>
      <Select
        label={t("card.optimiser")}
        isLabelHidden
        options={OPTIMISERS.map((id) => ({ id, label: t(`card.${id}`) }))}
        value={value}
        onChange={(optimiser) => draft.getState().edit({ optimiser, learningRate: USUAL_RATES[optimiser] })}
      />
    </Choice>
  );
}

function MomentumChoice() {
  const { t } = useText("objective");
  const { draft } = useStores();
  const value = useDraft((state) => state.config.momentum);
  const isSgd = useDraft((state) => state.config.optimiser === "sgd");
  const issue = useIssue("momentum");
  if (!isSgd) return null;
  return (
    <Choice term="momentum" name={t("card.momentum")}>
      <NumberField
        label={t("card.momentum")}
        isLabelHidden
        value={value}
        {...RANGES.momentum}
        issue={issue}
        onChange={(momentum) => draft.getState().edit({ momentum })}
      />
    </Choice>
  );
}

function SigmaChoice() {
  const { t } = useText("objective");
  const { draft } = useStores();
  const value = useDraft((state) => state.config.sigma);
  const isRead = useDraft((state) => state.config.reconstruction === "gaussian" && state.config.model !== "gan");
  const name = useDraft((state) => t(isPointCloud(state.config.data) ? "card.sigmaPoints" : "card.sigma"));
  const issue = useIssue("sigma");
  if (!isRead) return null;
  return (
    <Choice term="gaussianLikelihood" name={name}>
      <NumberField
        label={name}
        isLabelHidden
        value={value}
        {...RANGES.sigma}
        issue={issue}
        onChange={(sigma) => draft.getState().edit({ sigma })}
      />
    </Choice>
  );
}

function BatchChoice() {
  const { t } = useText("objective");
  const { draft } = useStores();
  const config = useDraft((state) => state.config);
  const issue = useIssue("batchSize");
  return (
    <Choice term="batch" name={t("card.batch")}>
      <Select
        label={t("card.batchLabel")}
        isLabelHidden
        options={batchChoices(config).map((size) => ({ id: String(size), label: countText(size) }))}
        value={String(config.batchSize)}
        onChange={(size) => draft.getState().edit({ batchSize: Number(size) })}
      />
      {issue !== null && <span className={styles.issue}>{issue}</span>}
    </Choice>
  );
}

function EpochsChoice() {
  const { t } = useText("objective");
  const { draft } = useStores();
  const epochs = useDraft((state) => state.options.epochs);
  return (
    <Choice term="epoch" name={t("card.epochs")}>
      <NumberField
        label={t("card.epochsLabel")}
        isLabelHidden
        value={epochs ?? Number.NaN}
        {...RANGES.epochs}
        onChange={(value) => draft.getState().editOptions({ epochs: value })}
      />
    </Choice>
  );
}

function SeedChoice() {
  const { t } = useText("objective");
  const { draft } = useStores();
  const value = useDraft((state) => state.config.seed);
  const issue = useIssue("seed");
  return (
    <Choice term="seed" name={t("card.seed")}>
      <NumberField
        label={t("card.seed")}
        isLabelHidden
        value={value}
        {...RANGES.seed}
        issue={issue}
        onChange={(seed) => draft.getState().edit({ seed })}
      />
    </Choice>
  );
}
