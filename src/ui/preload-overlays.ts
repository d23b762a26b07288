/** The code of popovers, menus and dialogs and of what they hold, fetched once: when one is about to open, or when the page has nothing better to do. */
import { preloadPanels } from "./lazy-panel";

export const importPopoverPanel = () => import("./PopoverPanel");
export const importMenuPanel = () => import("./MenuPanel");
export const importDialogPanel = () => import("./DialogPanel");

/** Settles whether or not they could be had: whoever opens one asks again. */
export async function preloadOverlays(): Promise<void> {
  await Promise.allSettled([importPopoverPanel(), importMenuPanel(), importDialogPanel(), preloadPanels()]);
}
