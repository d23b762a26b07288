/** Every dimension by itself: how much it tells, where the probe stands in it, and what a walk along it decodes to. */
import { useRef, useState } from "react";
import { useText } from "../../../i18n/use-text";
import { Button } from "../../../ui/Button";
import { byInformation, useDimensions, type DimensionFacts, type Dimensions } from "../../latent/dimension-facts";
import { DimensionSlider } from "../../latent/DimensionSlider";
import { Term } from "../../Term";
import { useRun, useStores } from "../../stores";
import styles from "./DimensionsPanel.module.css";
import { TraversalStrip } from "./TraversalStrip";

export function DimensionList() {
  const { t } = useText("dimensions");
  const { probe } = useStores();
  const kind = useRun((state) => state.config.model);
  const dimensions = useDimensions();
  const list = useRef<HTMLDivElement>(null);
  const order = useOrder(dimensions.facts, list);
  if (order === null || dimensions.facts === null) return <p className={styles.note}>{t("waiting")}</p>;
  const isCollapsed = (dimension: number) => dimensions.facts![dimension]?.isCollapsed ?? false;
  const [told, silent] = [order.filter((it) => !isCollapsed(it)), order.filter(isCollapsed)];
  const rows = (which: readonly number[]) =>
    which.map((dimension) => <Row key={dimension} dimension={dimension} dimensions={dimensions} />);

  return (
    <section className={styles.section} aria-label={t("each")} ref={list}>
      <div className={styles.row}>
        <h3 className={styles.heading}>{t("each")}</h3>
        <span className={styles.end}>
          <Button variant="quiet" onPress={() => probe.getState().setCode(order.map(() => 0))}>
            {t("toZero")}
          </Button>
        </span>
      </div>
      <p className={styles.note}>
        {kind === "vae" && (
          <>
            <Term id="kl">KL</Term>{" "}
          </>
        )}
        {t(`sorted.${kind}`)}
      </p>
      <div className={styles.rows}>{rows(told)}</div>
      {silent.length > 0 && (
        <details className={styles.silent}>
          <summary>{t("collapsed", { number: silent.length })}</summary>
          <p className={styles.note}>{t(kind === "ae" ? "collapsedNoteAe" : "collapsedNote")}</p>
          <div className={styles.rows}>{rows(silent)}</div>
        </details>
      )}
    </section>
  );
}

function Row({ dimension, dimensions: { facts, reach, mostKl } }: { readonly dimension: number; readonly dimensions: Dimensions }) {
  const kind = useRun((state) => state.config.model);
  const fact = facts?.[dimension];
  const isCodes = kind === "ae" && fact !== undefined && fact.deviation > 0;
  return (
    <div className={styles.dimension}>
      <DimensionSlider dimension={dimension} reach={reach} kl={fact?.kl ?? null} mostKl={mostKl} />
      <TraversalStrip dimension={dimension} mean={isCodes ? fact.mean : 0} deviation={isCodes ? fact.deviation : 1} />
    </div>
  );
}

/** The most telling first; held while a hand or the keyboard is in the list, so that no row slips away from under it. */
function useOrder(facts: readonly DimensionFacts[] | null, list: { readonly current: HTMLElement | null }): readonly number[] | null {
  const model = useRun((state) => state.config.model);
  const [held, setHeld] = useState<{ readonly facts: typeof facts; readonly order: readonly number[] | null }>({
    facts: null,
    order: null,
  });
  if (held.facts === facts) return held.order;
  const isBusy = list.current?.contains(document.activeElement) === true && held.order?.length === facts?.length;
  const next = { facts, order: isBusy ? held.order : facts === null ? null : byInformation(model, facts) };
  setHeld(next);
  return next.order;
}
