/** Says that what is shown was trained beforehand, and offers to go on from there or to start over. */
export function RecordedBanner() {
  return null; // stub
}
