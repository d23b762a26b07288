/** When a latent dimension counts as silent. Apart from what measures it: the first picture needs no more than these. */

/** Below this mean KL, in nats, a dimension tells nothing of the image. */
export const COLLAPSED_NATS = 0.01;
/** As narrow as float32 leaves codes that differ by rounding alone. */
export const CONSTANT_SD = 1e-4;
