/**
 * Numbers as text that looks the same in every language of the page: thousands apart
 * by a thin space, a real minus sign, what is not finite by its name.
 */

const MINUS = "−";
/** No line break, narrower than a word's space. */
const THIN_SPACE = "\u202f";

function withSign(value: number, digits: string): string {
  return (value < 0 && /[1-9]/.test(digits) ? MINUS : "") + digits;
}

function notFinite(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  return value > 0 ? "∞" : `${MINUS}∞`;
}

/** Digits in groups of three, from four digits on. */
function grouped(whole: string): string {
  return whole.replaceAll(/\B(?=(\d{3})+$)/g, THIN_SPACE);
}

/** 1842 → `1 842`. */
export function countText(value: number): string {
  return fixedText(value, 0);
}

/** So many digits after the point: −162.44 → `−162.4`. */
export function fixedText(value: number, digits: number): string {
  if (!Number.isFinite(value)) return notFinite(value);
  if (Math.abs(value) >= 1e9) return briefText(value);
  const [whole, fraction] = Math.abs(value).toFixed(digits).split(".") as [string, string?];
  return withSign(value, fraction === undefined ? grouped(whole) : `${grouped(whole)}.${fraction}`);
}

/** As few digits as say it to three significant ones: 0.001, 0.0003, 1.5, 412, `2 140`, 6.6e19. */
export function briefText(value: number): string {
  if (!Number.isFinite(value)) return notFinite(value);
  if (value === 0) return "0";
  const rounded = Number(Math.abs(value).toPrecision(3));
  if (rounded >= 1e6 || rounded < 1e-6) return withSign(value, rounded.toExponential().replace("+", "").replace("e-", `e${MINUS}`));
  if (rounded >= 1000) return withSign(value, grouped(Math.round(Math.abs(value)).toFixed(0)));
  // Never in exponents: 1e-5 is 0.00001 to those who do not write programs.
  const digits = Math.max(0, 2 - Math.floor(Math.log10(rounded)));
  return withSign(
    value,
    rounded
      .toFixed(digits)
      .replace(/(\.\d*?)0+$/, "$1")
      .replace(/\.$/, ""),
  );
}
