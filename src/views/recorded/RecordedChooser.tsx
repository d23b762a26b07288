/** Which recorded run to walk through. */
export function RecordedChooser() {
  return null; // stub
}
