/** Every term on screen in a sentence or two; its formula, the same in all languages, is in `formulas.ts`. */
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
  likelihood: {
    title: "Likelihood",
    text: "How probable the model finds an image once its code is known, p(x | z); the reconstruction loss is the negative logarithm of it, or what stands in its place.",
  },
  bernoulli: {
    title: "Bernoulli likelihood",
    text: "Every pixel is drawn black or white anew for each batch, and the cross-entropy is taken with what was drawn: the logarithm of a true probability, which cross-entropy with grey pixels is not.",
  },
  binarised: {
    title: "Binarised pixels",
    text: "Each grey pixel becomes white with its grey value as probability, else black, drawn anew for every batch from the seed; encoder and loss see the same draw.",
  },
  gaussianLikelihood: {
    title: "Gaussian likelihood",
    text: "Every pixel is a draw from a Gaussian around its reconstruction, all with the same fixed σ. Its constant is counted, and as a density may exceed 1, the loss may fall below 0.",
  },
  denoising: {
    title: "Denoising autoencoder",
    text: "The encoder sees a spoilt image and the loss compares with the clean one: copying no longer pays, so the network has to learn what images look like.",
  },
  corruption: {
    title: "Corruption",
    text: "What is done to the images the encoder sees. Gaussian adds noise of this standard deviation to each pixel, masking sets this share of the pixels to 0, salt and pepper sets it to 0 or to 1, half each.",
  },
  conditional: {
    title: "Conditional model",
    text: "Encoder and decoder are both told the label, so the code need not carry it, and the class of a decoded image can be chosen.",
  },
  annealing: {
    title: "KL annealing",
    text: "β starts at 0 and rises, once in a straight line or again and again in cycles, so that the decoder learns to use the code before the KL term presses on it.",
  },
  freeBits: {
    title: "Free bits",
    text: "A latent dimension is charged at least λ nats: below that its KL has no gradient, so the optimiser gains nothing by emptying it.",
  },
  capacity: {
    title: "Capacity control",
    text: "The KL is held at a target C that rises from 0 in the course of the run: what is charged is how far the batch’s mean KL lies from C.",
  },
  posteriorCollapse: {
    title: "Posterior collapse",
    text: "The posteriors of all images have become the prior: the code says nothing of the image, the KL is 0, and the decoder paints one average picture.",
  },
  gan: {
    title: "GAN (generative adversarial network)",
    text: "Two networks play against each other: the generator turns random codes into images, the discriminator tells them from real ones, and each learns from the other’s mistakes. There is no encoder and no likelihood.",
  },
  generator: {
    title: "Generator",
    text: "Turns a code drawn from the prior into an image; it learns only through the discriminator and never sees a real image.",
  },
  discriminator: {
    title: "Discriminator",
    text: "Gives an image one score, the higher the more real it takes it to be; the logistic function makes a probability of it.",
  },
  nonsaturating: {
    title: "Non-saturating loss",
    text: "The discriminator lowers a cross-entropy; the generator lowers −log of the probability that its images pass for real, which keeps a gradient where they are easily told apart.",
  },
  hinge: {
    title: "Hinge loss",
    text: "The discriminator is asked to score real images above 1 and generated ones below −1, and learns nothing more from those beyond; the generator raises the score of its own.",
  },
  labelSmoothing: {
    title: "Label smoothing",
    text: "Real images are to be scored a little below certainty, 1 − s, so that the discriminator does not grow overconfident; for generated ones the goal stays 0.",
  },
  instanceNoise: {
    title: "Instance noise",
    text: "Gaussian noise on every image that the discriminator sees in training, real or generated: it makes the two overlap, so that there is always something to learn from.",
  },
  modeCollapse: {
    title: "Mode collapse",
    text: "The generator makes only a few kinds of images, those that pass best, and leaves out the rest of the data.",
  },
  coverage: {
    title: "Coverage",
    text: "How many of the labelled classes the generator reaches: those that a small classifier gives at least a hundredth of the generated images.",
  },
  iwae: {
    title: "IWAE-k (importance-weighted bound)",
    text: "A bound on log p(x) from k draws of the code for each image, weighted by how well they explain it. In expectation it rises with k, and with k = 1 it is the ELBO.",
  },
  activeUnits: {
    title: "Active units",
    text: "Latent dimensions whose posterior mean changes from image to image, with a variance over held-out images above 0.01; the others say nothing.",
  },
  aggregatePosterior: {
    title: "Aggregate posterior",
    text: "The codes of all images together: the average of their posteriors. If it differs from the prior, codes drawn from the prior fall where the decoder was never trained.",
  },
  mmd: {
    title: "MMD (maximum mean discrepancy)",
    text: "A distance between two sets of draws, here of the aggregate posterior and of the prior, from a Gaussian kernel. 0 means alike; its unbiased estimate may come out a little below 0.",
  },
  knn: {
    title: "k nearest neighbours",
    text: "Names a held-out image by the majority of the labels of the k training images whose codes lie nearest: how often that is right tells whether the code keeps classes apart.",
  },
  pca: {
    title: "PCA (principal component analysis)",
    text: "The best linear code of a given width by squared error: what an autoencoder of the same width has to beat.",
  },
  deadUnit: {
    title: "Dead unit",
    text: "A ReLU unit that answers 0 for every image: no gradient passes through it, and it may never come back.",
  },
} as const;
