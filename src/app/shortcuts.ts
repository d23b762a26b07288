/**
 * Keys that work anywhere on the page: Space trains or pauses, `.` takes one step, R
 * resets, `?` helps. Silent while something else has the better claim to a key:
 * typing, an input method at work, a modifier held, an open menu or dialog, and, for
 * Space, whatever it presses.
 */
export interface ShortcutDeeds {
  readonly toggle: () => void;
  readonly step: () => void;
  readonly reset: () => void;
  readonly help: () => void;
}

/** Where letters are written or searched for. */
const TYPING =
  'input:not([type="range"], [type="checkbox"], [type="radio"]), textarea, select, [contenteditable]:not([contenteditable="false"])';
/** What has keys of its own while it is open. */
const OPEN = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';
/** What Space presses or ticks. */
const PRESSED_BY_SPACE =
  'button, a[href], summary, input, [role="button"], [role="switch"], [role="checkbox"], [role="radio"], [role="option"], [role="tab"], [role="link"]';

/** The keyCode of a key that an input method has taken (UI Events, 7.3.1): Safari reports `isComposing` too late. */
const KEY_CODE_COMPOSING = 229;

/** @returns what ends it. */
export function listenForShortcuts(page: Document, deeds: ShortcutDeeds): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    const deed = deedOf(event, deeds);
    if (deed === null) return;
    event.preventDefault(); // Space would scroll
    deed();
  };
  page.addEventListener("keydown", onKeyDown);
  return () => page.removeEventListener("keydown", onKeyDown);
}

function deedOf(event: KeyboardEvent, deeds: ShortcutDeeds): (() => void) | null {
  if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return null;
  if (event.isComposing || event.keyCode === KEY_CODE_COMPOSING) return null;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest(TYPING) || target?.closest(OPEN)) return null;
  switch (event.key) {
    case " ":
      return event.shiftKey || target?.closest(PRESSED_BY_SPACE) ? null : deeds.toggle;
    case ".": // with Shift on some layouts, as is "?"
      return deeds.step;
    case "r":
    case "R":
      return event.shiftKey ? null : deeds.reset; // a capital by Caps Lock is still the key
    case "?":
    case "？": // full width, as a Chinese layout types it
      return deeds.help;
    default:
      return null;
  }
}
