/** A loss in nats as text: to a tenth, below ten to a hundredth, below a hundredth as few digits as say it. */
import { briefText, fixedText } from "../../lib/number-text";

export function natsText(value: number): string {
  const size = Math.abs(value);
  if (size > 0 && size < 0.01) return briefText(value);
  return fixedText(value, size < 9.995 ? 2 : 1);
}
