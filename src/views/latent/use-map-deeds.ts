/** Carries out the keys of the map that are not about the view: pins, layers, what a drag does, the run's past. */
import { useText } from "../../i18n/use-text";
import { GROUNDS } from "../../store/preferences-store";
import type { RunState } from "../../store/run-store";
import { layersOf, type LayerSwitch } from "../explore/layers/layer-offers";
import { pinProbe } from "../explore/pin-probe";
import { useStores, type Stores } from "../stores";
import type { MapDeed } from "./map-keys";

type Deed = Extract<MapDeed, { kind: "pin" | "drag" | "layer" | "ground" | "history" | "leave" }>;

const DRAGS = ["probe", "box", "lasso"] as const;

/**
 * @param say tells a screen reader what was done
 * @returns false when there was nothing to do
 */
export function useMapDeeds(say: (text: string) => void): (deed: Deed) => boolean {
  const { t } = useText("explore");
  const stores = useStores();
  const { run, probe, explorer } = stores;
  return (deed) => {
    switch (deed.kind) {
      case "pin":
        say(t("probe.pinned", { id: pinProbe(stores) }));
        return true;
      case "drag": {
        const drag = after(DRAGS, explorer.getState().drag);
        explorer.getState().set({ drag });
        say(t(`keys.drag.${drag}`));
        return true;
      }
      case "layer": {
        const isOn = toggleLayer(stores, deed.layer);
        if (isOn === null) return false;
        say(t(isOn ? "keys.layerOn" : "keys.layerOff", { name: t(`layers.${deed.layer}.name`) }));
        return true;
      }
      case "ground":
        say(t(`layers.ground.${nextGround(stores)}`));
        return true;
      case "history":
        if (!stepHistory(run.getState(), deed.by)) return false;
        say(t("keys.step", { step: run.getState().snapshot?.step ?? 0 }));
        return true;
      case "leave":
        if (probe.getState().hovered !== null) probe.getState().hover(null);
        else if (explorer.getState().selection !== null) explorer.getState().set({ selection: null });
        else if (explorer.getState().drag !== "probe") explorer.getState().set({ drag: "probe" });
        else return false;
        return true;
    }
  };
}

function after<Value>(values: readonly Value[], value: Value): Value {
  return values[(values.indexOf(value) + 1) % values.length]!;
}

/** Whether it is on now; null where this model has no such layer. */
function toggleLayer({ run, preferences }: Stores, layer: LayerSwitch): boolean | null {
  if (!layersOf(run.getState().config.model).includes(layer)) return null;
  const { layers, set } = preferences.getState();
  set({ layers: { ...layers, [layer]: !layers[layer] } });
  return !layers[layer];
}

function nextGround({ preferences }: Stores) {
  const { layers, set } = preferences.getState();
  const ground = after(GROUNDS, layers.ground);
  set({ layers: { ...layers, ground } });
  return ground;
}

/** To the moment before or after the one shown; after the last one comes the run as it stands. */
export function stepHistory({ moments, shown, newest, showMoment, showNewest }: RunState, by: 1 | -1): boolean {
  if (shown.kind === "recorded") return false;
  const at = shown.kind === "moment" ? shown.step : (newest?.step ?? 0);
  const steps = moments.map(({ step }) => step);
  const next = by < 0 ? steps.findLast((step) => step < at) : steps.find((step) => step > at && step < (newest?.step ?? 0));
  if (next !== undefined) showMoment(next);
  else if (by > 0 && shown.kind === "moment") showNewest();
  else return false;
  return true;
}
