/**
 * Says where the probe has come to rest: the nearest class, how far it is, and how likely
 * the prior finds the place. Politely, once it rests; nothing while it moves, and nothing
 * when only the model changes.
 */
import { useMemo, useState } from "react";
import { useText } from "../../i18n/use-text";
import { fixedText } from "../../lib/number-text";
import { nearestExample, priorDensity } from "../../store/model-view";
import { useRested } from "../explore/use-rested";
import { useProbe, useStores, type Stores } from "../stores";
import { densityText } from "./latent-text";

/** As long as it takes to hear an arrow key's own answer. */
const REST_MS = 700;

export function ProbeVoice() {
  const { t, language } = useText("explore");
  const stores = useStores();
  const rested = useRested(
    useProbe((state) => state.z),
    REST_MS,
    Infinity,
  );
  const [first] = useState(rested);
  const said = useMemo(() => {
    if (rested === first) return "";
    const { nearest, density } = factsOf(stores, rested, language);
    const parts = [
      nearest === null ? "" : t("voice.nearest", { name: nearest.name, distance: fixedText(nearest.distance, 2) }),
      density === null ? "" : t("voice.density", { density }),
    ];
    return parts.filter((part) => part !== "").join(" ");
  }, [stores, rested, first, language, t]);
  return <span aria-live="polite">{said}</span>;
}

interface Facts {
  readonly nearest: { readonly name: string; readonly distance: number } | null;
  /** Null without a prior. */
  readonly density: string | null;
}

/** As they are now: the model may change while nobody moves. */
function factsOf({ run, preferences }: Stores, z: readonly number[], language: "en" | "zh"): Facts {
  const { config, snapshot, material } = run.getState();
  const density = config.model === "ae" ? null : densityText(priorDensity(z).density);
  if (snapshot === null || material === null) return { nearest: null, density };
  const nearest = nearestExample(snapshot, material.examples.labels, preferences.getState().hiddenClasses, z);
  if (nearest === null) return { nearest: null, density };
  const name = material.classNames[language][material.examples.labels[nearest.index]!] ?? "";
  return { nearest: { name, distance: nearest.distance }, density };
}
