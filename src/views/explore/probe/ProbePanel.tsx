/** Everything about the place under the probe. */
export function ProbePanel() {
  return null; // stub
}
