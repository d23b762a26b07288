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
  /** What corrupts a training batch (`model/corruption`): block = step, element = place in the batch · pixels + pixel. */
  trainingCorruption: 5,
  /** As the last, of held-out images: block 0, element = place in the held-out set · pixels + pixel. */
  evaluationCorruption: 6,
  /** Uniforms that a pixel is white below (`bernoulli`): blocks and elements as of the corruption. */
  trainingBinarisation: 7,
  evaluationBinarisation: 8,
  /** z ~ N(0, I) that a GAN is trained on: block = step · 16 + k, k = 0 for the generator's update, 1 … for the discriminator's. */
  generatorNoise: 9,
  /** z ~ N(0, I) behind everything drawn and measured of a GAN: block 0, element = draw · latentDim + dimension. */
  fixedDraws: 10,
  /** Noise on images that a discriminator is trained on: block = step · 32 + 2k for real ones, + 1 for generated, k as above. */
  instanceNoise: 11,
  /** ε of importance-weighted bounds: block = number of the draw, element = place in the held-out set · latentDim + dimension. */
  importance: 12,
  /** Uniforms that a UMAP is laid out with: 4,096 in each block, in the order in which they are used. */
  embedding: 13,
  /** ε around the probe (block 0, element = draw · latentDim + dimension) and codes drawn from the prior by hand (block 1, alike). */
  probeDraws: 14,
} as const;
