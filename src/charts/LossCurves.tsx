/**
 * The loss curves of one run: panels over a shared axis of steps, marks where rates
 * changed, and a reader that says every value at a step.
 *
 * Draws what `loss-layout` has computed; knows no store and no language. How often it
 * is drawn is its owner's business.
 */
import { useMemo, useRef } from "react";
import type { LossChartData } from "./loss-data";
import { layoutLossCurves } from "./loss-layout";
import type { XKind } from "./loss-scales";
import type { LossText } from "./loss-text";
import { LossMarks } from "./LossMarks";
import { LossPanels } from "./LossPanels";
import { LossReader } from "./LossReader";
import { LossLegend } from "./LossLegend";
import styles from "./LossCurves.module.css";
import { useSize } from "./use-size";

export interface LossCurvesProps {
  readonly data: LossChartData;
  readonly xKind: XKind;
  readonly text: LossText;
  /** In sentences, for those who do not see the curves. */
  readonly summary: string;
}

/** Narrower than this, a name beside every curve leaves too little of the curves: a legend says them. */
const NARROW = 560;
const NAMED_LABEL_WIDTH = 168;
const VALUE_LABEL_WIDTH = 52;

export function LossCurves({ data, xKind, text, summary }: LossCurvesProps) {
  const box = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(box);
  const isNarrow = width < NARROW;
  const layout = useMemo(
    () => layoutLossCurves(data, { width, height, xKind, labelWidth: isNarrow ? VALUE_LABEL_WIDTH : NAMED_LABEL_WIDTH }),
    [data, width, height, xKind, isNarrow],
  );
  const isEmpty = data.rows.length === 0;

  return (
    <figure className={styles.figure} aria-label={text.figure}>
      <figcaption className="visually-hidden">{summary}</figcaption>
      {isNarrow && <LossLegend data={data} text={text} />}
      <div ref={box} className={styles.box}>
        {width > 0 && (
          <>
            <LossPanels layout={layout} width={width} height={height} text={text} hasNames={!isNarrow} />
            {isEmpty ? <p className={styles.empty}>{text.empty}</p> : <LossReader data={data} layout={layout} text={text} />}
            <LossMarks layout={layout} text={text} />
          </>
        )}
      </div>
    </figure>
  );
}
