/** Axis names, densities and parts as they are written on screen, the same in both languages. */

const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

function digitsFrom(shapes: string, number: string): string {
  return number.replaceAll(/\d/g, (digit) => shapes.charAt(Number(digit)));
}

/** z₁ for dimension 0. */
export function axisName(dimension: number): string {
  return `z${digitsFrom(SUBSCRIPTS, String(dimension + 1))}`;
}

/** x₁ for the first coordinate of a point. */
export function coordinateName(coordinate: number): string {
  return `x${digitsFrom(SUBSCRIPTS, String(coordinate + 1))}`;
}

/** A density with two digits that matter: 0.091, or 1.2 × 10⁻⁵. */
export function densityText(density: number): string {
  if (density === 0) return "0";
  if (density >= 0.001) return density.toPrecision(2);
  const [factor = "", power = ""] = density.toExponential(1).split("e-"); // below 0.001 the power is negative
  return `${factor} × 10⁻${digitsFrom(SUPERSCRIPTS, power)}`;
}

/** A part of a whole in per cent, never rounded to 0 or all. */
export function percentText(part: number): string {
  if (part > 0 && part < 0.01) return "< 1 %";
  if (part > 0.99 && part < 1) return "> 99 %";
  return `${Math.round(part * 100)} %`;
}
