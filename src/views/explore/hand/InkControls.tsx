/** For photographs on grey data sets: which side is the ink, and how faint is none. */
import { useStore } from "zustand";
import { useText } from "../../../i18n/use-text";
import { fixedText } from "../../../lib/number-text";
import { Slider } from "../../../ui/Slider";
import { Switch } from "../../../ui/Switch";
import { useStores } from "../../stores";
import styles from "./HandPanel.module.css";
import { handStoreOf } from "./hand-store";

const MOST = 0.95;

export function InkControls() {
  const { t } = useText("hand");
  const hand = handStoreOf(useStores());
  const ink = useStore(hand, (state) => state.ink);
  if (ink === null) return null;
  const { setInk } = hand.getState();
  return (
    <div className={styles.ink}>
      <Switch label={t("isDark")} isOn={ink.isDark} onChange={(isDark) => setInk({ isDark })} />
      <Slider
        label={t("threshold")}
        ariaLabel={t("thresholdLong")}
        value={Math.min(MOST, ink.threshold)}
        min={0}
        max={MOST}
        step={0.05}
        format={(value) => `${fixedText(value * 100, 0)} %`}
        onChange={(threshold) => setInk({ threshold })}
      />
    </div>
  );
}
