/** Paths between pinned places. */
export function PathsPanel() {
  return null; // stub
}
