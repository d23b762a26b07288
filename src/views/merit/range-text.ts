/** A stretch of numbers in words. */
import type { useText } from "../../i18n/use-text";
import { fixedText } from "../../lib/number-text";

type Translate = ReturnType<typeof useText<"merit">>["t"];

/** From the least to the greatest, or the one there is. */
export function rangeText(t: Translate, values: ArrayLike<number>): string {
  const numbers = Array.from(values);
  const [least, most] = [fixedText(Math.min(...numbers), 2), fixedText(Math.max(...numbers), 2)];
  return least === most ? most : t("latent.range", { least, most });
}
