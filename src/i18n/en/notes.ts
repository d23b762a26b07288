/** What the presets are, what their originals get wrong, and what is measured to be wrong with a run. */
export const notes = {
  title: "Notes",
  more: "More",
  moreLabel: "More about {{name}}",
  system: "System {{letter}} of the tutorials",
  version: "Version",
  asWritten: "As written",
  corrected: "Corrected",
  heading: {
    wrong: "What the original gets wrong",
    changed: "What is changed here",
    watch: "What to watch",
    missing: "What is not reproduced",
    measured: "Measured at step {{step}}",
  },
  verdict: { found: "amiss", clear: "fine", pending: "open" },
  lead: "{{check}}:",
  unmeasured: "not measured yet",
  early: "{{said}} It is too early to judge.",
  side: { encoder: "encoder", decoder: "decoder" },
  check: {
    "kl-gradient": {
      title: "Gradient of the “KL”",
      found:
        "By the code it is exactly {{inObjective}}, on {{images}} held-out examples; with a gradient its mean length would be {{ofTerm}}. ½Σz² went from {{first}} to {{last}} nats.",
      clear: "β is 0: the term would pull at nothing even with a gradient.",
    },
    "lower-bound": {
      title: "Lower bound",
      found:
        "The “KL”, the mean of the code, is {{codeMean}} and changes by {{codeSlope}} a step (last {{steps}} steps); the objective is {{objective}}, and nothing holds it from below.",
      clear:
        "The “KL”, the mean of the code, is {{codeMean}} and changes by {{codeSlope}} a step (last {{steps}} steps); the objective is {{objective}}.",
    },
    heads: {
      title: "Heads",
      found: "The least σ is {{leastSigma}} and no mean is negative, in the posteriors of {{images}} held-out examples.",
      clear:
        "The least σ is {{leastSigma}}, {{sharp}} % of all σ are below 1 and {{negative}} % of all means negative, for {{images}} held-out examples.",
    },
    progress: {
      title: "Progress",
      found: "After {{step}} steps a pixel still costs {{bits}} bits: {{share}} % of the way from knowing nothing (1 bit) to the floor.",
      clear: "After {{step}} steps a pixel costs {{bits}} bits: {{share}} % of the way from knowing nothing (1 bit) to the floor.",
    },
    "code-spread": {
      title: "Codes",
      found: "{{constant}} of {{dimensions}} code dimensions are the same for all {{images}} held-out examples.",
      clear: "Standard deviation of the codes, by dimension: {{narrowest}} to {{widest}}, over {{images}} held-out examples.",
    },
    "dead-units": {
      title: "Dead units",
      found: "{{dead}} of {{units}} units of {{side}} layer {{number}} are 0 on all of {{images}} held-out examples.",
      clear:
        "No relu layer is worse than {{side}} layer {{number}}: {{dead}} of {{units}} units are 0 on all of {{images}} held-out examples.",
    },
    "output-range": {
      title: "Range of the output",
      found:
        "{{below}} % of the pixels come out below 0 (the least {{least}}) and {{above}} % above 1, in {{images}} reconstructions; data lie in [0, 1].",
      clear: "{{below}} % of the pixels come out below 0 (the least {{least}}) and {{above}} % above 1, in {{images}} reconstructions.",
    },
    collapse: {
      title: "Posterior collapse",
      found:
        "{{collapsed}} of {{dimensions}} latent dimensions carry less than 0.01 nats; the most that one carries is {{most}}, over {{images}} held-out examples.",
      clear: "Each of {{dimensions}} latent dimensions carries {{least}} to {{most}} nats, over {{images}} held-out examples.",
    },
    saturation: {
      title: "Discriminator",
      found:
        "It is sure (99 %) of {{fake}} % of the generated and {{real}} % of the real ones, of {{images}} each: it has little left to learn from.",
      clear: "It is sure (99 %) of {{fake}} % of the generated and {{real}} % of the real ones, of {{images}} each.",
    },
    coverage: {
      title: "Classes covered",
      found: "{{covered}} of {{classes}} get a hundredth or more of {{draws}} generated images; {{share}} % go to “{{name}}”.",
      clear:
        "{{covered}} of {{classes}} get a hundredth or more of {{draws}} generated images; the commonest, “{{name}}”, gets {{share}} %.",
    },
  },
  systems: {
    A: {
      wrong:
        "It is called a VAE, but has no variance head and draws nothing. Its KL term is computed from a detached code with the log-variance fixed at 0: it is ½Σz² without a gradient, so that a plain autoencoder is trained. The two arguments of its cross-entropy are swapped, and a mean over pixels is added to a sum over latent dimensions.",
      changed: "It is run as what it is, an autoencoder: a cross-entropy from logits, summed over pixels, and no KL term.",
      watch:
        "½Σz² is counted in the objective and nothing lowers it. Compare how far the codes spread with the rings of the prior from which the original then draws 100 codes.",
      missing:
        "The swapped arguments (the logarithm would be taken of pixels that are exactly 0) and the mixture of mean and sum: both parts are sums here.",
    },
    B: {
      wrong: "The code is right. The printed formula has lost the minus sign of the KL: to minimise it would drive the KL to −∞.",
      changed: "KL = −½ Σ (1 + log σ² − μ² − σ²), which is never negative.",
    },
    C: {
      wrong:
        "It is called a VAE and has neither a distribution nor a KL term. Besides, Keras’ default rate of Adadelta is 0.001 today: the loss stays near 0.69 nats, one bit, per pixel for a long time. The original rate is 1.0.",
      changed: "It is called an autoencoder, and Adadelta runs at 1.0. The relu of the code is as in the original.",
      watch: "Bits per pixel: at 1 the network knows nothing. Then switch to the corrected version, which differs in the rate alone.",
      missing: "The 60,000 digits and the test set used for validation: here there are 9,000, and 1,000 held out.",
    },
    D: {
      wrong:
        "It is trained on Gaussian noise, of which nothing but the mean can be learnt. Its tanh gives numbers in [−1, 1] while pixels lie in [0, 1], and relu units right before a narrow bottleneck die easily.",
      changed: "It is trained on digits, with a sigmoid at the end and leaky relu between; the squared error is summed over pixels.",
      watch: "Units that are 0 on every example: no gradient passes through them any more. And pixels below 0.",
      missing: "The training on Gaussian noise: here it sees digits.",
    },
    E: {
      wrong:
        "The same two numbers serve as mean and log-variance, both averaged over the latent axis, so that shapes no longer fit. What the code calls KL is the mean of the code, which has no lower bound. And the text calls p(z) the distribution of the data: it is the prior.",
      changed: "Mean and log-variance have a head each, the KL is the closed form, the trunk is leaky and the output a sigmoid.",
      watch: "The mean of the code: it can be lowered for ever, and the objective with it, without any gain in reconstruction.",
      missing: "The averages over the latent axis, with which the original does not run at all.",
    },
    F: {
      wrong:
        "The layer that is split into mean and log-variance has a relu. So no mean can be negative and no σ below 1: the posterior can never be sharp.",
      changed: "Both heads are linear.",
      watch: "The least σ and the signs of the means, beside those of the corrected version.",
      missing: "The original leaves a choice between squared error and cross-entropy; here it is the cross-entropy.",
    },
    G: {
      wrong: "Nothing is wrong with it, but it is only described: there is no code.",
      changed:
        "It is built with the standard non-saturating loss. Of the remedies that the text lists against instability, these are at hand: another loss (hinge) and optimiser, the discriminator’s layers and its steps, label smoothing, instance noise.",
    },
  },
  about: {
    "vae-plane": "A variational autoencoder whose latent space is a plane, so that all of it can be seen.",
    "vae-20": "The same network with 20 latent dimensions: it reconstructs more sharply, and its space can only be seen in slices.",
    "ae-plane":
      "An autoencoder with two code units. Nothing tells it where codes should lie, so that there are gaps between them in which it decodes to nothing in particular.",
    "ae-plane-written": "The same autoencoder, with what its tutorial takes for a KL term added to its objective.",
    "ae-keras": "One layer into 50 numbers that cannot be negative, and one back.",
    "ae-keras-written": "The same network, with the rate that Adadelta has by default in Keras today.",
    "ae-deep": "Six layers down to two numbers and six back up, judged by squared error.",
    "ae-deep-written": "The deep autoencoder with its original activations.",
    "vae-deep": "The deep trunk as a VAE. It draws one mean digit for its first epochs, before the plane opens.",
    "vae-deep-written": "The deep autoencoder, with the mean of its code added to the objective.",
    "vae-small": "A VAE without any hidden layer: it learns little, and every weight of it can be looked at.",
    "vae-small-written": "The same VAE with a relu on both heads.",
    "dae-masking":
      "Half of the pixels are set to 0 before the encoder sees them; the loss asks for the whole image. It has to learn what usually stands there.",
    "dae-gaussian": "Noise with a standard deviation of 0.4 is added to pieces of clothing; the loss asks for the clean images.",
    "ae-conv":
      "Strided convolutions make the image smaller and transposed ones larger again; one dense map each leads to 16 numbers and back.",
    "vae-conv":
      "The network of Keras’ example of a VAE: two strided convolutions down to a latent plane and two transposed ones back. It has a fifth of the weights of 784-400-2 and needs ten times the multiplications.",
    "vae-bernoulli":
      "Every pixel is drawn black or white anew for each batch, with its grey value as the chance of white. Then the cross-entropy is a likelihood, and the ELBO a bound that can be compared with published ones.",
    "vae-conditional":
      "Encoder and decoder are told the digit. The plane need not say which digit it is, so it is left to slant, width and weight of the pen.",
    "beta-linear":
      "β grows from 0 to 4 in the first 1000 steps (Bowman et al. 2015), so that the code is in use before it is charged in full.",
    "beta-cyclical": "β rises to 1 in half a cycle of 500 steps, stays there, and starts again at 0 (Fu et al. 2019).",
    "free-bits": "The first nat of each dimension is not charged (Kingma et al. 2016), so that no dimension gains by falling silent.",
    "beta-vae-shapes":
      "Sprites made from five known factors. With β = 4 (Higgins et al. 2017) see whether each latent dimension takes up one of them.",
    "capacity-shapes":
      "The KL is held to a target that grows from 0 to 16 nats in 2000 steps (Burgess et al. 2018): factors enter the code one after the other, those that save most reconstruction loss first.",
    "vae-fashion": "784-400-20 on shoes, shirts and bags.",
    "vae-swissroll":
      "A sheet rolled up in space, as data of three coordinates. The decoder’s sheet, drawn in the same space, has to roll up with it.",
    "vae-moons": "Two half moons in the plane and one latent dimension: the decoder can only draw a curve, which has to serve both.",
    "ae-spiral": "Points on a spiral, one number for each: the decoder’s curve has to find its way along the arms.",
    "gan-dense": "A generator turns noise into digits and a discriminator tries to tell them from real ones; each learns from the other.",
    "gan-conv": "The same game between convolutional networks, in the style of a DCGAN (Radford et al. 2015).",
    "gan-points":
      "Nine clusters in the plane: generated points, and how real the discriminator finds every place, can be seen in the data’s own space.",
  },
} as const;
