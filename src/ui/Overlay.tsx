/**
 * A button and what it opens, whose code arrives with the first opening (react-aria's
 * focus keeping and placing are 35 KiB that no first paint waits for).
 */
import { type KeyboardEvent, type ReactNode, type RefObject, Suspense, useId, useRef, useState } from "react";
import { ErrorBoundary } from "react-error-boundary";
import styles from "./Overlay.module.css";
import { preloadOverlays } from "./preload-overlays";

/** What an opened panel is told by its trigger. */
export interface OverlayControl {
  readonly triggerRef: RefObject<HTMLButtonElement | null>;
  readonly id: string;
  readonly onClose: () => void;
}

interface OverlayProps {
  readonly label: string;
  /** What the trigger's button shows; `label` names the button unless this is text. */
  readonly trigger: ReactNode;
  readonly look: TriggerLook;
  readonly popup: "dialog" | "menu";
  readonly renderPanel: (control: OverlayControl) => ReactNode;
}

/** `word`: text within a sentence, with a dotted underline; `icon`: as an icon button; `chip`: a pill; `quiet`: no frame; `bare`: no look of its own. */
export type TriggerLook = "plain" | "quiet" | "word" | "icon" | "chip" | "bare";

const warmUp = () => void preloadOverlays();

export function Overlay({ label, trigger, look, popup, renderPanel }: OverlayProps) {
  const [isOpen, setOpen] = useState(false);
  const triggerRef = useRef<HTMLButtonElement>(null);
  const id = useId();
  const close = () => setOpen(false);

  function onKeyDown(event: KeyboardEvent) {
    // The click that Enter or Space makes looks to react-aria like a screen reader's, after which no item would have the focus.
    if (popup !== "menu" || !["ArrowDown", "Enter", " "].includes(event.key)) return;
    event.preventDefault();
    setOpen(true);
  }

  return (
    <>
      <button
        ref={triggerRef}
        type="button"
        className={styles.trigger}
        data-look={look}
        aria-label={look === "word" || typeof trigger === "string" ? undefined : label} // what can be read names itself
        title={look === "icon" ? label : undefined}
        aria-haspopup={popup}
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen(!isOpen)}
        onKeyDown={onKeyDown}
        onPointerEnter={warmUp}
        onFocus={warmUp}
      >
        {look === "word" ? <span className={styles.word}>{trigger}</span> : trigger}
      </button>
      {isOpen && (
        // A panel whose code cannot be had (offline, a newer deploy) stays closed; the page around it lives on.
        <ErrorBoundary fallback={null} onError={close}>
          <Suspense fallback={null}>{renderPanel({ triggerRef, id, onClose: close })}</Suspense>
        </ErrorBoundary>
      )}
    </>
  );
}
