/** Arithmetic with codes, and attributes. */
export function ArithmeticPanel() {
  return null; // stub
}
