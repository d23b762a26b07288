/** A panel over the page that waits for its reader; Escape, its cross or a press beside it closes it. */
import { lazy, type ReactNode, Suspense } from "react";
import { ErrorBoundary } from "react-error-boundary";
import { importDialogPanel } from "./preload-overlays";

const DialogPanel = lazy(importDialogPanel);

interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Name of the cross that closes it, in the visitor's language. */
  readonly closeLabel: string;
  readonly children: ReactNode;
}

export function Dialog({ title, isOpen, onClose, closeLabel, children }: DialogProps) {
  if (!isOpen) return null;
  return (
    <ErrorBoundary fallback={null} onError={onClose}>
      <Suspense fallback={null}>
        <DialogPanel title={title} onClose={onClose} closeLabel={closeLabel}>
          {children}
        </DialogPanel>
      </Suspense>
    </ErrorBoundary>
  );
}
