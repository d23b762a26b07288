/** A GAN's steps: both sides as in training, or one side alone. */
import { useText } from "../../i18n/use-text";
import type { StepPart } from "../../protocol/messages";
import MenuPanel from "../../ui/MenuPanel";
import type { OverlayControl } from "../../ui/Overlay";
import { comingPhase } from "../../store/run-store";
import { useDraft, useRun, useStores } from "../stores";

export function StepItems(control: OverlayControl) {
  const { t } = useText("objective");
  const { run } = useStores();
  const phase = useRun(comingPhase);
  const canRun = useDraft((state) => state.issues.length === 0);
  const isDisabled = phase === "failed" || phase === "finished" || (!canRun && phase !== "training");
  return (
    <MenuPanel
      label={t("transport.stepPart")}
      items={[
        { id: "discriminator", label: t("transport.stepDiscriminator"), isDisabled },
        { id: "generator", label: t("transport.stepGenerator"), isDisabled },
        { id: "both", label: t("transport.stepBoth"), isDisabled },
      ]}
      onAction={(id) => run.getState().stepOnce(id as StepPart)}
      {...control}
    />
  );
}
