/** Where bounds with their errors stand on one scale, as parts of its width. Pure; drawn by `BoundMark`. */

export interface Bound {
  readonly bound: number;
  readonly standardError: number;
}

export interface BoundMark {
  /** 0 at the left end, 1 at the right one. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/** The scale holds every bound with one standard error to either side; a lone bound without error stands in its middle. */
export function boundMarks(bounds: readonly Bound[]): readonly BoundMark[] {
  const least = Math.min(...bounds.map(({ bound, standardError }) => bound - standardError));
  const greatest = Math.max(...bounds.map(({ bound, standardError }) => bound + standardError));
  const span = greatest - least;
  const place = (value: number) => (span > 0 ? (value - least) / span : 0.5);
  return bounds.map(({ bound, standardError }) => ({
    at: place(bound),
    from: place(bound - standardError),
    to: place(bound + standardError),
  }));
}
