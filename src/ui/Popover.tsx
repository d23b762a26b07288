/** A button that opens a small panel beside itself; Escape, a press elsewhere or leaving it closes it. */
import { lazy, type ReactNode, Suspense } from "react";
import { Overlay, type TriggerLook } from "./Overlay";
import { importPopoverPanel } from "./preload-overlays";

const PopoverPanel = lazy(importPopoverPanel);

interface PopoverProps {
  /** Names the panel; and the button too, unless `trigger` is text. */
  readonly label: string;
  /** What the button shows; the button itself is drawn here. */
  readonly trigger: ReactNode;
  readonly look?: TriggerLook;
  /** The side it opens to, where there is room. Default `bottom`. */
  readonly placement?: "bottom" | "left" | "right";
  /** Rendered only while open. */
  readonly children: ReactNode;
}

export function Popover({ label, trigger, look = "plain", placement = "bottom", children }: PopoverProps) {
  return (
    <Overlay
      label={label}
      trigger={trigger}
      look={look}
      popup="dialog"
      renderPanel={(control) => (
        <PopoverPanel label={label} placement={placement} {...control}>
          <Suspense fallback={<p aria-busy>…</p>}>{children}</Suspense>
        </PopoverPanel>
      )}
    />
  );
}
