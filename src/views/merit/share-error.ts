/** Standard error of a share counted on so many examples: that of a binomial, √(p (1 − p) / n). */
export function shareError(share: number, examples: number): number {
  return Math.sqrt((share * (1 - share)) / examples);
}
