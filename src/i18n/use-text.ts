/** The texts of one area in the visitor's language, with keys checked by the compiler. */
import { useTranslation } from "react-i18next";
import type { TFunction } from "i18next";
import type { Language, Namespace } from "./catalogues";
import { i18n } from "./i18n";

/** `const { t } = useText("latent")`; re-renders when the language changes. */
export function useText<const N extends Namespace>(namespace: N): { readonly t: TFunction<N>; readonly language: Language } {
  const { t, i18n: current } = useTranslation(namespace, { i18n });
  return { t: t as unknown as TFunction<N>, language: current.language as Language };
}
