/** More than two dimensions. */
export function DimensionsPanel() {
  return null; // stub
}
