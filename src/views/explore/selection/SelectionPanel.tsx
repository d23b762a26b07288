/** A selection of points. */
export function SelectionPanel() {
  return null; // stub
}
