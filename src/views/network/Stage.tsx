/** One stage of the hourglass: a box that opens its editor, and its size beneath. */
import type { CSSProperties, ReactNode } from "react";
import type { Box } from "../../charts/hourglass";
import { Popover } from "../../ui/Popover";
import type { SideColor } from "./network-sides";
import styles from "./Stage.module.css";
import { useMedia } from "./use-media";

interface StageProps {
  readonly box: Box;
  readonly color: SideColor | "latent";
  /** On which side of the box its editor opens. */
  readonly opens: "left" | "right";
  /** Says what the stage is; names box and editor. */
  readonly label: string;
  /** Inside the box. */
  readonly children: ReactNode;
  readonly editor: ReactNode;
  readonly units: string;
  readonly detail: string;
  readonly isInvalid?: boolean;
  /** Whether it holds a stack of images rather than a row of units. */
  readonly isStack?: boolean;
  /** Where the caption's text begins; default centred. */
  readonly align?: "start" | "end";
}

export function Stage({
  box,
  color,
  opens,
  label,
  children,
  editor,
  units,
  detail,
  isInvalid = false,
  isStack = false,
  align,
}: StageProps) {
  // A tall box leaves no room above or beneath it; on a phone there is none beside it.
  const isNarrow = useMedia("(max-width: 719px)");
  return (
    <>
      <div
        className={styles.stage}
        data-color={color}
        data-invalid={isInvalid || undefined}
        data-stack={isStack || undefined}
        style={placed(box)}
      >
        <Popover look="bare" placement={isNarrow ? "bottom" : opens} label={label} trigger={children}>
          {editor}
        </Popover>
      </div>
      <Caption box={box} color={color} units={units} detail={detail} align={align} />
    </>
  );
}

interface CaptionProps extends Pick<StageProps, "box" | "color" | "units" | "detail"> {
  readonly align?: "start" | "end" | undefined;
}

/** What the label says, in short, beneath the box; not read out twice. */
export function Caption({ box, color, units, detail, align }: CaptionProps) {
  return (
    <div
      className={styles.caption}
      data-color={color}
      data-align={align}
      style={{ left: box.x + box.width / 2, top: box.y + box.height + 2 }}
      aria-hidden
    >
      <span className={styles.units}>{units}</span>
      <span>{detail}</span>
    </div>
  );
}

export function placed({ x, y, width, height }: Box): CSSProperties {
  return { left: x, top: y, width, height };
}
