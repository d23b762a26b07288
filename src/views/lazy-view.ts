/** A panel of the views that is fetched when it first opens, together with the texts it says. */
import type { ComponentType } from "react";
import type { LazyNamespace } from "../i18n/catalogues";
import { loadTexts } from "../i18n/i18n";
import { lazyPanel } from "../ui/lazy-panel";

export function lazyView<Props extends object>(
  texts: LazyNamespace | readonly LazyNamespace[],
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  return lazyPanel(async () => (await Promise.all([load(), loadTexts(...[texts].flat())]))[0]);
}
