/** In which order the files of a data set are fetched, so that training can start early. */

export interface FileRef {
  readonly split: "train" | "heldOut";
  readonly index: number;
}

export interface FilesWanted {
  readonly train: number;
  readonly heldOut: number;
  /** Held-out files wanted before training starts. */
  readonly heldOutFirst: number;
  /** The last training file is used in part: its own share of the entropy floor is known only once it is here. */
  readonly isLastPartial: boolean;
}

/**
 * The first training file, the held-out files that the first picture needs, a last file used in part, then the other
 * training files as the first epoch wants them, then the other held-out files.
 */
export function fileOrder({ train, heldOut, heldOutFirst, isLastPartial }: FilesWanted): FileRef[] {
  const of = (split: FileRef["split"], from: number, to: number): FileRef[] =>
    Array.from({ length: Math.max(0, to - from) }, (_, i) => ({ split, index: from + i }));
  const split = Math.min(heldOutFirst, heldOut);
  const early = isLastPartial && train > 1 ? train - 1 : train;
  return [
    ...of("train", 0, Math.min(1, train)),
    ...of("heldOut", 0, split),
    ...of("train", early, train),
    ...of("train", 1, early),
    ...of("heldOut", split, heldOut),
  ];
}
