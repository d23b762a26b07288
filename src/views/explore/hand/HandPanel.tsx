/** The visitor's own picture. */
export function HandPanel() {
  return null; // stub
}
