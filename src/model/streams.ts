/** The numbers of a seed's random streams. Fixed for ever: a changed number changes every recorded curve. */
export const STREAMS = {
  /** Initial values; one block per parameter of the network's table. */
  weights: 1,
  /** Batch order; one block per epoch. */
  order: 2,
  /** ε of training draws; one block per step. */
  trainingNoise: 3,
  /** ε of held-out evaluation; block 0, the same at every evaluation, so that what changes is the model. */
  evaluationNoise: 4,
} as const;
