/**
 * Where everything of the loss chart stands, in pixels: a pure function of the data
 * and the frame, judged in Node.
 *
 * One x axis of steps, shared; panels one above the other with a y axis each.
 */
import { pixelColumns, rawPoints, smoothedPoints, type Column, type Points } from "./loss-columns";
import type { CurveColor, LossChartData, LossCurve, LossPanel } from "./loss-data";
import { layoutGuide, type GuideLayout } from "./loss-guides";
import { spreadLabels } from "./loss-labels";
import { boxAt, placeName, textWidth, type DrawnLine, type NamePlace, type TextBox } from "./loss-line-names";
import { groupMarks, type MarkGroup } from "./loss-marks";
import { clippedPeak, traceLine, type Peak } from "./loss-trace";
import { fixedScale, xEnd, xScale, xTicks, yRange, yScale, type Tick, type XKind, type YRange } from "./loss-scales";
import type { Scale } from "./scale";

/** Pixels. */
export interface LossFrame {
  readonly width: number;
  readonly height: number;
  readonly xKind: XKind;
  /** Room at the right for the labels at the curves' ends. */
  readonly labelWidth: number;
}

export interface CurveLayout {
  readonly id: string;
  readonly color: CurveColor;
  /** Path of every step, or of the least and greatest step of each pixel column. */
  readonly raw: string;
  readonly smooth: string;
  readonly heldOut: string;
  /** One per evaluation; empty where they would touch. */
  readonly dots: readonly { readonly x: number; readonly y: number }[];
}

export interface EndLabel {
  readonly id: string;
  readonly color: CurveColor;
  readonly kind: "training" | "held-out" | "guide";
  readonly name: string;
  /** The smoothed curve's last value, or the last evaluation's; of a guide the value now. */
  readonly value: number;
  readonly x: number;
  /** Middle of the text. */
  readonly y: number;
}

export interface FloorLayout {
  readonly y: number;
  readonly value: number;
  readonly name: NonNullable<LossPanel["floorName"]>;
  /** Behind a break of the axis, not to scale. */
  readonly isBroken: boolean;
}

/** A line of comparison within the panel's range. */
export interface LineLayout {
  readonly name: string;
  readonly color: CurveColor;
  readonly value: number;
  readonly y: number;
  readonly namePlace: NamePlace;
}

export interface PanelLayout {
  readonly id: string;
  readonly top: number;
  /** Lower end of the scaled part; below it there may be the break with the floor. */
  readonly bottom: number;
  readonly y: Scale | null;
  readonly ticks: readonly Tick[];
  /** After the point of the ticks' values. */
  readonly tickDigits: number;
  readonly curves: readonly CurveLayout[];
  readonly guides: readonly GuideLayout[];
  readonly lines: readonly LineLayout[];
  readonly labels: readonly EndLabel[];
  readonly floor: FloorLayout | null;
  /** The greatest value that sticks out at the top. */
  readonly peak: Peak | null;
}

export interface LossLayout {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: Scale;
  readonly stepTicks: readonly Tick[];
  readonly epochTicks: readonly Tick[];
  readonly panels: readonly PanelLayout[];
  readonly marks: readonly MarkGroup[];
  readonly stopX: number | null;
}

/** For the y axis' numbers. */
const LEFT = 52;
/** For the unit and the flags of the marks. */
const TOP = 20;
/** For two rows of x labels: steps and epochs. */
const BOTTOM = 34;
const PANEL_GAP = 12;
/** Height of the break that holds a far-away floor. */
const BREAK = 18;
/** Between the middles of two labels; less where there are many in a low panel. */
const LABEL_GAP = 15;
const LEAST_LABEL_GAP = 12;
const TICK_GAP = 56;
/** Evaluations nearer to each other than this are a line without dots. */
const DOT_GAP = 7;

export function layoutLossCurves(data: LossChartData, frame: LossFrame): LossLayout {
  const { rows, heldOutSteps } = data;
  const left = LEFT;
  const right = Math.max(left + 40, frame.width - frame.labelWidth);
  const top = TOP;
  const bottom = Math.max(top + 40, frame.height - BOTTOM);
  const lastStep = Math.max(rows.length > 0 ? rows.step[rows.length - 1]! : 0, heldOutSteps.at(-1) ?? 0);
  const x = xScale(frame.xKind, xEnd(lastStep, data.totalSteps), left, right);
  const columns = pixelColumns(rows, x);

  const shares = data.panels.reduce((sum, { share }) => sum + share, 0);
  const height = bottom - top - PANEL_GAP * (data.panels.length - 1);
  let from = top;
  const panels = data.panels.map((panel) => {
    const to = from + (height * panel.share) / shares;
    const layout = layoutPanel(panel, data, columns, x, from, to);
    from = to + PANEL_GAP;
    return layout;
  });

  return {
    left,
    right,
    top,
    bottom,
    x,
    stepTicks: xTicks(frame.xKind, x, 1, TICK_GAP),
    epochTicks: xTicks(frame.xKind, x, data.stepsPerEpoch, TICK_GAP),
    panels,
    marks: groupMarks(data.rates, x),
    stopX: data.stopStep === null ? null : x(data.stopStep),
  };
}

interface DrawnCurve {
  readonly curve: LossCurve;
  readonly raw: Points;
  readonly smooth: Points;
  readonly heldOut: Points;
}

function layoutPanel(panel: LossPanel, data: LossChartData, columns: readonly Column[], x: Scale, top: number, end: number): PanelLayout {
  if (data.rows.length === 0) return emptyPanel(panel.id, top, end);
  const heldOutX = data.heldOutSteps.map((step) => x(step));
  const drawn = panel.curves.map((curve): DrawnCurve => {
    return {
      curve,
      raw: rawPoints(curve.training, data.rows, columns, x),
      smooth: smoothedPoints(curve.training, data.rows, columns, x, data.stepsPerEpoch, panel.range === undefined ? panel.least : null),
      heldOut: { x: heldOutX, value: [...curve.heldOut] },
    };
  });
  const range = rangeOf(panel, drawn, data.rows);
  if (range === null) return emptyPanel(panel.id, top, end);

  const isBroken = panel.floorName !== null && !range.reachesFloor;
  const bottom = isBroken ? end - BREAK : end;
  const { scale, ticks, digits } = panel.range === undefined ? yScale(range, top, bottom) : fixedScale(panel.range, top, bottom);
  const [low, high] = scale.domain;
  // The scale itself, without its checks: it is asked for some thousand values a redraw.
  const perNat = (top - bottom) / (high - low);
  const toY = (value: number) => bottom + (value - low) * perNat;
  const lastStep = data.rows.step[data.rows.length - 1]!;
  const guides = (panel.guides ?? []).map((guide) => layoutGuide(guide, x, lastStep, toY, [top, bottom]));
  const labels = endLabels(drawn, guides, toY, top, bottom);
  return {
    id: panel.id,
    top,
    bottom,
    y: scale,
    ticks,
    tickDigits: digits,
    curves: drawn.map(({ curve, raw, smooth, heldOut }) => ({
      id: curve.id,
      color: curve.color,
      raw: traceLine(raw, toY),
      smooth: traceLine(smooth, toY),
      heldOut: traceLine(heldOut, toY),
      dots: dotsOf(heldOut, scale),
    })),
    guides,
    lines: linesOf(panel, scale, { left: x.range[0], right: x.range[1], top, bottom }, drawnLines(drawn, toY), labels),
    labels,
    floor: floorOf(panel, scale, isBroken ? end - 5 : null),
    peak: clippedPeak(drawn, high),
  };
}

/** Null when there is nothing to show. */
function rangeOf(panel: LossPanel, drawn: readonly DrawnCurve[], rows: LossChartData["rows"]): YRange | null {
  const visible: number[] = [];
  for (const { raw, heldOut } of drawn) {
    pushPerPixel(raw, visible);
    visible.push(...heldOut.value);
  }
  const lastStep = rows.step[rows.length - 1]!;
  const onScale = (panel.guides ?? []).filter(({ full }) => full === null).map(({ at }) => at(lastStep));
  const kept = drawn.flatMap(({ smooth, heldOut }) => [...smooth.value.slice(-1), ...heldOut.value.slice(-1)]);
  return yRange(visible, [...kept, ...onScale], panel.least, panel.minSpan);
}

/** Before the first step, and where no value is finite. */
function emptyPanel(id: string, top: number, bottom: number): PanelLayout {
  return { id, top, bottom, y: null, ticks: [], tickDigits: 0, curves: [], guides: [], lines: [], labels: [], floor: null, peak: null };
}

/** @param brokenY where it stands behind a break of the axis; null when it is on the scale */
function floorOf({ least, floorName }: LossPanel, scale: Scale, brokenY: number | null): FloorLayout | null {
  if (least === null || floorName === null) return null;
  return { y: brokenY ?? scale(least), value: least, name: floorName, isBroken: brokenY !== null };
}

const drawnLines = (drawn: readonly DrawnCurve[], toY: (value: number) => number): DrawnLine[] =>
  drawn.flatMap(({ smooth, heldOut }) => [smooth, heldOut].map((points) => ({ points, toY })));

/** The value behind a name, with the space between them. */
const LINE_VALUE = " 0.00";

/** Those within the range, each with a place for its name that the ones before left free. */
function linesOf(
  { lines = [] }: LossPanel,
  scale: Scale,
  panel: TextBox,
  curves: readonly DrawnLine[],
  labels: readonly EndLabel[],
): LineLayout[] {
  const [low, high] = scale.domain;
  const texts: TextBox[] = labels.map(({ x, y }) => ({ left: x, right: Infinity, top: y - LABEL_GAP / 2, bottom: y + LABEL_GAP / 2 }));
  const shown = lines.filter(({ value }) => value >= low && value <= high);
  return shown.map((line) => {
    const y = scale(line.value);
    const others = shown.filter((other) => other !== line);
    const across = others.map(({ value }) => ({ points: { x: [panel.left, panel.right], value: [value, value] }, toY: scale }));
    const width = textWidth(line.name + LINE_VALUE);
    const namePlace = placeName(y, width, panel, { curves: [...curves, ...across], texts });
    texts.push(boxAt(namePlace, width));
    return { ...line, y, namePlace };
  });
}

/** Adds each value once for every pixel it stands for, so that quantiles go by what is seen. */
function pushPerPixel({ x, value }: Points, to: number[]): void {
  for (let i = 0; i < value.length; i++) {
    const pixels = i + 1 < x.length ? Math.max(1, Math.round(x[i + 1]! - x[i]!)) : 1;
    for (let pixel = 0; pixel < pixels; pixel++) to.push(value[i]!);
  }
}

function dotsOf({ x, value }: Points, scale: Scale): { x: number; y: number }[] {
  const spread = x.length < 2 ? Infinity : (x.at(-1)! - x[0]!) / (x.length - 1);
  if (spread < DOT_GAP) return [];
  const [low, high] = scale.domain;
  return value.flatMap((each, i) => (each >= low && each <= high ? [{ x: x[i]!, y: scale(each) }] : []));
}

function endLabels(
  drawn: readonly DrawnCurve[],
  guides: readonly GuideLayout[],
  toY: (value: number) => number,
  top: number,
  bottom: number,
): EndLabel[] {
  const curveEnds = drawn.flatMap(({ curve, smooth, heldOut }) =>
    (
      [
        ["training", smooth],
        ["held-out", heldOut],
      ] as const
    ).flatMap(([kind, points]) => {
      const value = points.value.at(-1);
      if (value === undefined || !Number.isFinite(value)) return [];
      return [{ id: curve.id, color: curve.color, kind, name: curve.name, value, x: points.x.at(-1)!, y: toY(value) }];
    }),
  );
  const guideEnds = guides.map(({ id, color, name, value, x, y }) => ({ id, color, kind: "guide" as const, name, value, x, y }));
  const ends: EndLabel[] = [...curveEnds, ...guideEnds];
  const x = Math.max(...ends.map((end) => end.x));
  const [first, last] = [top + 4, bottom - 8]; // the last above the name of a floor
  const places = spreadLabels(
    ends.map(({ y }) => y),
    Math.max(LEAST_LABEL_GAP, Math.min(LABEL_GAP, (last - first) / Math.max(1, ends.length - 1))),
    first,
    last,
  );
  return ends.map((end, i) => ({ ...end, x, y: places[i]! }));
}
