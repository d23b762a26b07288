/** The time slider of a run's past. */
export function HistoryBar() {
  return null; // stub
}
