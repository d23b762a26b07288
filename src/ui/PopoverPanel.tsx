/** The opened half of `Popover`: placed beside its trigger, focus inside, back to the trigger when it closes. */
import type { ReactNode } from "react";
import { Dialog } from "react-aria-components/Dialog";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { Popover } from "react-aria-components/Popover";
import type { OverlayControl } from "./Overlay";
import styles from "./Overlay.module.css";
import { pageLocale } from "./page-locale";

interface PopoverPanelProps extends OverlayControl {
  readonly label: string;
  readonly placement: "bottom" | "left" | "right";
  readonly children: ReactNode;
}

export default function PopoverPanel({ label, placement, triggerRef, id, onClose, children }: PopoverPanelProps) {
  return (
    <I18nProvider locale={pageLocale()}>
      <Popover className={styles.popover} triggerRef={triggerRef} placement={placement} isOpen onOpenChange={onClose} containerPadding={8}>
        <Dialog id={id} className={styles.dialog} aria-label={label}>
          {children}
        </Dialog>
      </Popover>
    </I18nProvider>
  );
}
