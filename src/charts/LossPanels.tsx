/** The drawn half of the loss chart: axes, floors, curves and the labels at their ends. Seen only; the figure says it in words. */
import { memo, useId } from "react";
import type { EndLabel, LossLayout, PanelLayout } from "./loss-layout";
import type { LossText } from "./loss-text";
import styles from "./LossCurves.module.css";

interface LossPanelsProps {
  readonly layout: LossLayout;
  readonly width: number;
  readonly height: number;
  readonly text: LossText;
  /** Whether end labels name their curves or only give their values. */
  readonly hasNames: boolean;
}

export const LossPanels = memo(function LossPanels({ layout, width, height, text, hasNames }: LossPanelsProps) {
  const id = useId();
  return (
    <svg className={styles.svg} width={width} height={height} aria-hidden="true">
      <text className={styles.unit} x={layout.left - 8} y={layout.top - 8}>
        {text.unit}
      </text>
      <XAxis layout={layout} text={text} />
      {layout.panels.map((panel, i) => (
        <Panel key={panel.id} panel={panel} layout={layout} text={text} hasNames={hasNames} clipId={`${id}${i}`} />
      ))}
      {layout.stopX !== null && (
        <g className={styles.stop}>
          <path d={`M${layout.stopX} ${layout.top}V${layout.bottom}`} />
          <text x={layout.stopX + 6} y={layout.bottom - 6}>
            {text.stopped}
          </text>
        </g>
      )}
    </svg>
  );
});

function XAxis({ layout, text }: { readonly layout: LossLayout; readonly text: LossText }) {
  const { left, right, bottom, stepTicks, epochTicks } = layout;
  return (
    <g className={styles.axis}>
      <path className={styles.baseline} d={`M${left} ${bottom + 0.5}H${right}`} />
      {stepTicks.map(({ at, value }) => (
        <g key={value}>
          <path className={styles.baseline} d={`M${at} ${bottom}v4`} />
          <text x={at} y={bottom + 15} textAnchor="middle">
            {text.count(value)}
          </text>
        </g>
      ))}
      {epochTicks.map(({ at, value }) => (
        <text key={value} x={at} y={bottom + 29} textAnchor="middle">
          {text.count(value)}
        </text>
      ))}
      <text x={left - 10} y={bottom + 15} textAnchor="end">
        {text.steps}
      </text>
      <text x={left - 10} y={bottom + 29} textAnchor="end">
        {text.epochs}
      </text>
    </g>
  );
}

interface PanelProps {
  readonly panel: PanelLayout;
  readonly layout: LossLayout;
  readonly text: LossText;
  readonly hasNames: boolean;
  readonly clipId: string;
}

function Panel({ panel, layout, text, hasNames, clipId }: PanelProps) {
  const { left, right } = layout;
  const { top, bottom, peak } = panel;
  return (
    <g>
      <g className={styles.axis}>
        {panel.ticks.map(({ at, value }) => (
          <g key={value}>
            <path className={styles.gridline} d={`M${left} ${at}H${right}`} />
            <text x={left - 8} y={at + 4} textAnchor="end">
              {text.tick(value, panel.tickDigits)}
            </text>
          </g>
        ))}
      </g>
      <clipPath id={clipId}>
        <rect x={left - 2} y={top - 2} width={right - left + 4} height={bottom - top + 4} />
      </clipPath>
      <Floor panel={panel} layout={layout} text={text} isNarrow={!hasNames} />
      {panel.lines.map(({ name, color, value, y, namePlace }) => (
        <g key={name} className={styles.namedLine} data-color={color}>
          <path d={`M${left} ${y}H${right}`} />
          <text x={namePlace.x} y={namePlace.y}>
            {name} {text.nats(value)}
          </text>
        </g>
      ))}
      <g clipPath={`url(#${clipId})`}>
        {panel.guides.map(({ id, color, path, isArea }) => (
          <g key={id} data-color={color}>
            <path className={styles.guide} data-area={isArea || undefined} d={path} />
          </g>
        ))}
        {panel.curves.map(({ id, color, raw }) => (
          <path key={id} className={styles.raw} data-color={color} d={raw} />
        ))}
        {panel.curves.map(({ id, color, smooth, heldOut, dots }) => (
          <g key={id} data-color={color}>
            <path className={styles.heldOut} d={heldOut} />
            {dots.map(({ x, y }) => (
              <circle key={x} className={styles.dot} cx={x} cy={y} r={2.5} />
            ))}
            <path className={styles.smooth} d={smooth} />
          </g>
        ))}
      </g>
      {peak !== null && (
        <text className={styles.peak} x={Math.min(peak.x + 2, right - 48)} y={top - 3}>
          ↑ {text.nats(peak.value)}
        </text>
      )}
      {panel.labels.map((label) => (
        <Label key={label.id + label.kind} label={label} text={text} hasName={hasNames} />
      ))}
    </g>
  );
}

interface FloorProps {
  readonly panel: PanelLayout;
  readonly layout: LossLayout;
  readonly text: LossText;
  readonly isNarrow: boolean;
}

function Floor({ panel, layout, text, isNarrow }: FloorProps) {
  const { floor, bottom } = panel;
  if (floor === null) return null;
  const { left, right } = layout;
  return (
    <g className={styles.floor}>
      {floor.isBroken && (
        <>
          {/* The zigzag of a broken axis: what lies below is not to scale. */}
          <path className={styles.break} d={`M${left - 4} ${bottom + 4}l3 -3l4 6l4 -6l4 6l3 -3`} />
          <text className={styles.floorTick} x={left - 8} y={floor.y + 4} textAnchor="end">
            {text.nats(floor.value)}
          </text>
        </>
      )}
      <path d={`M${left} ${floor.y}H${right}`} />
      <text className={styles.floorName} x={left + 24} y={floor.y - 4}>
        {isNarrow ? floor.name.short : floor.name.full}
      </text>
    </g>
  );
}

const LINE_CLASS = { training: styles.smooth, "held-out": styles.heldOut, guide: styles.guide };

function Label({ label, text, hasName }: { readonly label: EndLabel; readonly text: LossText; readonly hasName: boolean }) {
  const isHeldOut = label.kind === "held-out";
  const name = isHeldOut ? text.heldOut : label.name;
  return (
    <g className={styles.label} data-color={label.color} data-kind={label.kind} transform={`translate(${label.x + 6} ${label.y})`}>
      {hasName && <path className={LINE_CLASS[label.kind]} d="M0 0h12" />}
      <text x={hasName ? 18 : 0} y={4}>
        {hasName && `${name} `}
        {text.nats(label.value)}
      </text>
    </g>
  );
}
