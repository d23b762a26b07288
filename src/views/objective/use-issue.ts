/** What is wrong with a field of the draft, in the visitor's language. */
import { assertNever } from "../../lib/assert";
import { countText } from "../../lib/number-text";
import { DATASETS } from "../../protocol/datasets";
import { RANGES, type RangeName, type RunConfig } from "../../protocol/run-config";
import { useText } from "../../i18n/use-text";
import { enlargement, gridIndex, gridSize } from "../../store/fit-decoder";
import { useDraft } from "../stores";

type NumberName = RangeName & keyof RunConfig;

const WHOLE: readonly NumberName[] = ["batchSize", "seed", "latentDim", "scheduleSteps", "discriminatorSteps"];

/** Which of its three reasons keeps a decoder's dense layers and its transposed convolutions from meeting. */
function gridIssue(t: ReturnType<typeof useText<"objective">>["t"], { decoder, data }: RunConfig): string {
  const { image } = DATASETS[data];
  const size = gridSize(decoder, image);
  if (size === null) return t("issue.strides", { scale: enlargement(decoder), image: `${image.height}×${image.width}` });
  if (gridIndex(decoder) < 0) return t("issue.noGrid");
  return t("issue.gridUnits", { grid: `${size.height}×${size.width}`, multiple: countText(size.height * size.width) });
}

/** Null when the field is as it should be. */
export function useIssue(field: keyof RunConfig): string | null {
  const { t } = useText("objective");
  const issue = useDraft((state) => state.issues.find(({ path }) => path === field) ?? null);
  const config = useDraft((state) => state.config);
  if (issue === null) return null;
  switch (issue.code) {
    case "out-of-range": {
      const name = field as NumberName;
      const { min, max } = field in RANGES ? RANGES[name] : { min: 1, max: DATASETS[config.data].trainMax };
      // Written without grouping: it is to be typed.
      return t(field === "trainSize" || WHOLE.includes(name) ? "issue.whole" : "issue.range", { min: String(min), max: String(max) });
    }
    case "bce-needs-sigmoid":
      return t("issue.bceNeedsSigmoid");
    case "bce-needs-images":
      return t("issue.bceNeedsImages");
    case "conv-needs-images":
      return t("issue.convNeedsImages");
    case "mistake-needs-ae":
      return t("issue.mistakeNeedsAe");
    case "condition-not-in-gan":
      return t("issue.conditionNotInGan");
    case "train-size-too-large":
      return t("issue.trainSize", { max: countText(DATASETS[config.data].trainMax) });
    case "batch-larger-than-data":
      return t("issue.batch", { max: countText(config.trainSize) });
    case "conv-after-dense":
      return t("issue.convAfterDense");
    case "dense-after-conv":
      return t("issue.denseAfterConv");
    case "decoder-grid":
      return gridIssue(t, config);
    case "not-a-choice":
    case "too-many-layers":
      return t("issue.choice");
    default:
      return assertNever(issue.code);
  }
}
