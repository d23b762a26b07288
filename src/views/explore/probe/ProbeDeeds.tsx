/** What can be done with the place: keep it, or go to another. */
import { Dices, House, Pin } from "lucide-react";
import { useRef, useState } from "react";
import { useText } from "../../../i18n/use-text";
import { Button } from "../../../ui/Button";
import { useRun, useStores } from "../../stores";
import { pinProbe } from "../pin-probe";
import { priorDraw } from "./probe-draws";
import styles from "./ProbePanel.module.css";

export function ProbeDeeds() {
  const { t } = useText("explore");
  const stores = useStores();
  const hasPrior = useRun(({ config }) => config.model !== "ae");
  const [said, setSaid] = useState("");
  /** Of draws from the prior so far. */
  const draws = useRef(0);

  const draw = () => {
    const { config, network } = stores.run.getState();
    stores.probe.getState().setCode(priorDraw(draws.current++, network.latentDim, config.seed));
  };
  const goHome = () => {
    const { z, setCode } = stores.probe.getState();
    setCode(z.map(() => 0));
  };
  return (
    <div className={styles.deeds}>
      <Button onPress={() => setSaid(t("probe.pinned", { id: pinProbe(stores) }))}>
        <Pin size={16} aria-hidden />
        {t("probe.pin")}
      </Button>
      <Button onPress={goHome}>
        <House size={16} aria-hidden />
        {t("probe.home")}
      </Button>
      {hasPrior && (
        <Button onPress={draw}>
          <Dices size={16} aria-hidden />
          {t("probe.draw")}
        </Button>
      )}
      <span className="visually-hidden" aria-live="polite">
        {said}
      </span>
    </div>
  );
}
