/**
 * The loss curves of one run: panels over a shared axis of steps, marks where rates
 * changed, and a reader that says every value at a step.
 *
 * Draws what `loss-layout` has computed; knows no store and no language. How often it
 * is drawn is its owner's business.
 */
import { useMemo, useRef } from "react";
import type { LossChartData } from "./loss-data";
import { layoutLossCurves, type LossLayout } from "./loss-layout";
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
  /** Of an earlier model that is on screen; null or left out while that is the newest. */
  readonly shownStep?: number | null;
  /** Wants the model of a step on screen; null: the newest. */
  readonly onShow?: (step: number | null) => void;
}

/** Narrower than this, a name beside every curve leaves too little of the curves: a legend says them. */
const NARROW = 560;
const NAMED_LABEL_WIDTH = 168;
const VALUE_LABEL_WIDTH = 52;

export function LossCurves({ data, xKind, text, summary, shownStep = null, onShow }: LossCurvesProps) {
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
            {shownStep !== null && !isEmpty && <ShownMark step={shownStep} layout={layout} text={text} />}
            {isEmpty ? (
              <p className={styles.empty}>{text.empty}</p>
            ) : (
              <LossReader data={data} layout={layout} text={text} onShow={onShow} />
            )}
            <LossMarks layout={layout} text={text} />
          </>
        )}
      </div>
    </figure>
  );
}

interface ShownMarkProps {
  readonly step: number;
  readonly layout: LossLayout;
  readonly text: LossText;
}

/** Where on the curves the model stands that is on screen. Step 0 has no place on a logarithmic axis: it stands at the left end. */
function ShownMark({ step, layout, text }: ShownMarkProps) {
  const { left, right, top, bottom } = layout;
  const x = layout.x(step);
  const at = Number.isFinite(x) ? Math.min(right, Math.max(left, x)) : left;
  return (
    <div className={styles.shown} data-late={at > (left + right) / 2 || undefined} style={{ left: at, top, height: bottom - top }}>
      <span>{text.shown(step)}</span>
    </div>
  );
}
