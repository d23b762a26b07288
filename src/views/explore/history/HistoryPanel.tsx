/** A run's past: film and export. */
export function HistoryPanel() {
  return null; // stub
}
