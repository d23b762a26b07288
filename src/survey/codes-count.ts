/** How many codes an array holds. */
import type { Floats } from "../protocol/messages";
import { requireFinite } from "./models";

/** @throws RangeError when they are not whole codes, or not finite */
export function countCodes(codes: Floats, latentDim: number): number {
  const count = codes.length / latentDim;
  if (!Number.isInteger(count) || !(latentDim >= 1)) throw new RangeError(`codes: ${codes.length} numbers are no codes of ${latentDim}`);
  requireFinite("codes", codes);
  return count;
}
