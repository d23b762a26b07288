/** Every term on screen in one sentence; its formula, the same in all languages, is in `formulas.ts`. */
export const terms = {
  autoencoder: {
    title: "Autoencoder",
    text: "A network that squeezes an image through a narrow code and learns to rebuild it from that code alone.",
  },
  vae: {
    title: "Variational autoencoder",
    text: "An autoencoder whose encoder answers with a distribution over codes, kept close to a prior, so that codes drawn from the prior decode to plausible images.",
  },
  encoder: {
    title: "Encoder",
    text: "The half of the network that turns an image into the mean and the log-variance of a Gaussian over latent codes (an autoencoder: into one code).",
  },
  decoder: {
    title: "Decoder",
    text: "The half of the network that turns a latent code back into an image.",
  },
  latentSpace: {
    title: "Latent space",
    text: "The space of all codes; each point of it decodes to an image, and similar images tend to lie close together.",
  },
  latentVariable: {
    title: "Latent variable",
    text: "The code z behind an image: never observed, drawn from the prior in the model's story of how images come about.",
  },
  posterior: {
    title: "Posterior",
    text: "The encoder's answer for one image: a Gaussian over the codes that may have produced it, an approximation of the true posterior, which is out of reach.",
  },
  prior: {
    title: "Prior",
    text: "What is believed about a code before any image is seen: here a standard Gaussian, which is not the distribution of the data.",
  },
  mean: {
    title: "Mean μ",
    text: "The centre of an image's posterior; the scatter shows the means of held-out images, and reconstructions decode them.",
  },
  logVar: {
    title: "Log-variance log σ²",
    text: "The logarithm of the posterior's variance in each latent dimension: any real number is valid, so the encoder's last layer is linear.",
  },
  sigma: {
    title: "Standard deviation σ",
    text: "How far codes drawn for an image spread around their mean, in each latent dimension.",
  },
  reparameterization: {
    title: "Reparameterization trick",
    text: "Drawing z as the mean plus σ times independent noise leaves all chance in ε, so that gradients reach the mean and σ.",
  },
  reconstruction: {
    title: "Reconstruction",
    text: "What the decoder makes of an image's code; the reconstruction loss measures, in nats, how far it is from the image, summed over pixels and averaged over images.",
  },
  bce: {
    title: "Binary cross-entropy",
    text: "Reads each pixel as the chance of being on; summed over pixels, computed from the logits l before the sigmoid, so that it neither overflows nor takes the logarithm of 0.",
  },
  mse: {
    title: "Squared error",
    text: "Squared differences summed over pixels, without a ½: up to a constant, the negative log-likelihood of a Gaussian with variance ½.",
  },
  entropyFloor: {
    title: "Entropy floor",
    text: "With grey pixels a binary cross-entropy cannot reach 0: a perfect copy still costs the pixels' own entropy.",
  },
  kl: {
    title: "KL divergence",
    text: "What it costs, in nats, that the posterior of an image differs from the prior: summed over latent dimensions, averaged over images, never negative.",
  },
  beta: {
    title: "β",
    text: "The weight of the KL term: 0 leaves reconstruction alone, 1 makes the objective the negative ELBO, more presses the posteriors harder towards the prior.",
  },
  objective: {
    title: "Objective",
    text: "What the optimiser lowers, in nats per image; it is the negative ELBO only while β is 1.",
  },
  elbo: {
    title: "ELBO (evidence lower bound)",
    text: "Minus the sum of reconstruction loss and KL: higher is better, and β plays no part in it.",
  },
  nats: {
    title: "Nats",
    text: "The unit of information when logarithms are natural: one nat is about 1.44 bits.",
  },
  heldOut: {
    title: "Held-out",
    text: "Images that training never sees: losses on them tell whether the network has learnt or only memorised.",
  },
  epoch: {
    title: "Epoch",
    text: "One pass over the training images, in an order shuffled by the seed; a last, partial batch is dropped.",
  },
  step: {
    title: "Step",
    text: "One update of all weights, computed from one batch.",
  },
  batch: {
    title: "Batch",
    text: "The images whose losses are averaged for one step.",
  },
  learningRate: {
    title: "Learning rate η",
    text: "How far each step moves the weights along the direction the optimiser has chosen: too small is slow, too large diverges.",
  },
  optimiser: {
    title: "Optimiser",
    text: "The rule that turns the gradient of the objective into a change of the weights.",
  },
  adam: {
    title: "Adam",
    text: "Follows a running mean of the gradient, scaled in every weight by a running mean of its square (its β₁ and β₂ are not the β of the KL term).",
  },
  sgd: {
    title: "SGD (stochastic gradient descent)",
    text: "Moves the weights against the gradient of one batch, helped along by momentum.",
  },
  momentum: {
    title: "Momentum",
    text: "The part of the last move that is kept in the next one: it smooths the path and speeds up along steady slopes.",
  },
  rmsprop: {
    title: "RMSProp",
    text: "Divides the gradient of every weight by the root of a running mean of its square.",
  },
  adadelta: {
    title: "Adadelta",
    text: "Scales every move by the size of earlier moves over the size of earlier gradients; it is meant to run at a learning rate of 1.",
  },
  initialiser: {
    title: "Initialiser",
    text: "How the first weights are drawn: as PyTorch does (first formula, biases too) or as Keras does (second formula, biases 0); the optimiser's small constants, and where ε stands, follow the same family.",
  },
  seed: {
    title: "Seed",
    text: "The number all chance of a run comes from (first weights, order, noise): same settings, same seed and same backend give the same curve.",
  },
  activation: {
    title: "Activation",
    text: "The function applied to each unit after its weighted sum; without one, any stack of layers would be a single linear map.",
  },
  outputActivation: {
    title: "Output activation",
    text: "Brings the decoder's last numbers, the logits, into the range of pixels: a sigmoid for [0, 1], tanh for [−1, 1], linear for no bound.",
  },
  relu: {
    title: "ReLU",
    text: "Lets positive numbers pass and makes the rest 0.",
  },
  lrelu: {
    title: "Leaky ReLU",
    text: "As ReLU, but negative numbers keep a hundredth of their size, so that no unit dies.",
  },
  elu: {
    title: "ELU",
    text: "Lets positive numbers pass and bends negative ones smoothly towards −1.",
  },
  softplus: {
    title: "Softplus",
    text: "A smooth ReLU, always above 0.",
  },
  tanh: {
    title: "tanh",
    text: "Squeezes any number into (−1, 1).",
  },
  sigmoid: {
    title: "Sigmoid",
    text: "Squeezes any number into (0, 1), as a probability.",
  },
  linear: {
    title: "Linear",
    text: "Leaves numbers as they are.",
  },
  convolution: {
    title: "Convolution",
    text: "Each filter looks at a small window and answers at every place with the same weights; with a stride of 2 the window moves by two pixels, and the images get half as high and wide.",
  },
  transposedConvolution: {
    title: "Transposed convolution",
    text: "A convolution run the other way: each number paints a small window of the larger image with the same weights, and windows that overlap add up.",
  },
  dense: {
    title: "Dense layer",
    text: "A layer in which every unit sees every input: a weighted sum, a bias, an activation.",
  },
  parameters: {
    title: "Parameters",
    text: "All numbers that training changes; a dense layer has a weight for every pair of input and unit, and a bias for every unit.",
  },
  decoderGrid: {
    title: "Decoder grid",
    text: "Images decoded from evenly spaced codes of the shown plane, drawn behind the points at the place each comes from.",
  },
  probe: {
    title: "Probe",
    text: "A code of your choice: drag it through the latent space and see what the decoder makes of it.",
  },
  priorDensity: {
    title: "Prior density",
    text: "How probable the prior finds the neighbourhood of a code; in the plane it is 0.159 at the centre and falls off outwards.",
  },
  nearestExample: {
    title: "Nearest example",
    text: "The held-out image whose posterior mean lies nearest to the probe, measured in the whole latent space.",
  },
  posteriorEllipse: {
    title: "Posterior ellipse",
    text: "The codes one standard deviation from an image's mean, in the plane shown.",
  },
  priorRings: {
    title: "Prior rings",
    text: "Circles 1, 2 and 3 standard deviations from the prior's centre; in the plane shown they hold 39 %, 86 % and 99 % of it.",
  },
  latentCloud: {
    title: "Latent scatter",
    text: "One point for each held-out image: the mean of its posterior, coloured by the image's class, which training never sees.",
  },
  backend: {
    title: "Backend",
    text: "What does the arithmetic: the graphics card through WebGPU, or the processor through WebAssembly or plain JavaScript.",
  },
  webgpu: {
    title: "WebGPU",
    text: "The browser's way to compute on the graphics card: the fastest backend where it is offered.",
  },
  wasm: {
    title: "WebAssembly",
    text: "Compiled code run by the browser on the processor: works nearly everywhere.",
  },
  cpu: {
    title: "CPU",
    text: "Plain JavaScript on the processor: slow, and always there.",
  },
  stepsPerSecond: {
    title: "Steps per second",
    text: "Optimiser steps done in the last second or so of training.",
  },
} as const;
