import { countText, fixedText } from "../../lib/number-text";

/** Bytes as MB, of which each is 10⁶ bytes; as GB from a thousand on. */
export function memoryText(bytes: number): string {
  const megabytes = bytes / 1e6;
  if (megabytes >= 1000) return `${fixedText(megabytes / 1000, 1)} GB`;
  return `${megabytes < 10 ? fixedText(megabytes, 1) : countText(megabytes)} MB`;
}
