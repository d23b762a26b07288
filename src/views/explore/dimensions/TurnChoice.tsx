/** Three dimensions turned in space: by two sliders, by dragging the map, or slowly by itself. */
import { useEffect, useState } from "react";
import { useReducedMotion } from "../../../charts/latent-motion";
import { useText } from "../../../i18n/use-text";
import { fixedText } from "../../../lib/number-text";
import { Slider } from "../../../ui/Slider";
import { Switch } from "../../../ui/Switch";
import { useExplorer, useStores } from "../../stores";
import styles from "./DimensionsPanel.module.css";
import { FIRST_TURN, toDegrees, toRadians, turnedOn } from "./turning";

const degreesText = (radians: number) => `${fixedText(toDegrees(radians), 0)}°`;

export function TurnChoice() {
  const { t } = useText("dimensions");
  const { explorer } = useStores();
  const map = useExplorer((state) => state.map);
  const isStill = useReducedMotion();
  const [isTurning, setTurning] = useState(false);
  useSlowTurn(isTurning && !isStill);
  const { yaw, pitch } = map.kind === "turned" ? map : FIRST_TURN;
  const turn = (change: { yaw?: number; pitch?: number }) => explorer.getState().set({ map: { kind: "turned", yaw, pitch, ...change } });

  return (
    <>
      <Slider
        label={t("yaw")}
        ariaLabel={t("yawLong")}
        color="latent"
        value={yaw}
        min={-Math.PI}
        max={Math.PI}
        step={toRadians(5)}
        format={degreesText}
        onChange={(angle) => turn({ yaw: angle })}
      />
      <Slider
        label={t("pitch")}
        ariaLabel={t("pitchLong")}
        color="latent"
        value={pitch}
        min={-Math.PI / 2}
        max={Math.PI / 2}
        step={toRadians(5)}
        format={degreesText}
        onChange={(angle) => turn({ pitch: angle })}
      />
      {isStill ? (
        <p className={styles.note}>{t("turnStill")}</p>
      ) : (
        <Switch label={t("turnSlowly")} isOn={isTurning} onChange={setTurning} />
      )}
      <p className={styles.note}>{t("turnNote")}</p>
    </>
  );
}

/** Turns the map a little every frame, as long as it is a turned one. */
function useSlowTurn(isOn: boolean): void {
  const { explorer } = useStores();
  useEffect(() => {
    if (!isOn) return;
    let last: number | null = null;
    let frame = requestAnimationFrame(function step(now) {
      const { map, set } = explorer.getState();
      if (map.kind === "turned" && last !== null) set({ map: { ...map, yaw: turnedOn(map.yaw, now - last) } });
      last = now;
      frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [explorer, isOn]);
}
