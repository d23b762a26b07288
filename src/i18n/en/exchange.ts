/** Export, import and code. */
export const exchange = {
  title: "Take this run home",
  notYet: "There is nothing to take home before the run is ready.",
  ofStep: "As it stood at step {{step}}. Everything is made in this tab; nothing is uploaded.",
  weights: {
    name: "Weights (.safetensors)",
    what: "All parameters, in PyTorch's layout and names.",
  },
  curves: {
    name: "Curves (.csv)",
    what: "Every loss term, in training and on held-out images.",
  },
  pytorch: {
    name: "PyTorch script (.py)",
    what: "This model as code: evaluates the weights, trains on.",
  },
  keras: {
    name: "Keras script (.py)",
    what: "The same for Keras 3, on whichever backend it runs.",
    gan: "Keras has no one way to train two networks in turn on all its backends: take the PyTorch script for a GAN.",
  },
  use: "Put weights and script into one folder and run this there; it prints the held-out loss that this page shows:",
  import: {
    title: "Import weights",
    what: "A .safetensors file of this network, from this page or from its scripts, chosen or dropped here: a new run starts with it at step 0.",
    choose: "Choose a file …",
    done: "The weights are in. A new run starts with them at step 0; Reset goes back to the seed's own.",
    refused: "These weights were not taken. Your run is as it was.",
    more: "and {{number}} more",
    elsewhere: "They fit another experiment, which the file names.",
    open: "Open that experiment with them",
  },
  problem: {
    missing: "{{name}} is missing; expected {{expected}}.",
    extra: "{{name}} {{given}} has no place in this network.",
    shape: "{{name}} is {{given}}; expected {{expected}}.",
    "not-finite": "{{name}} holds infinities or numbers that are none; expected finite ones.",
    "too-large": "The file is larger than any network here; expected at most 512 MiB.",
    unreadable: "The browser could not read the file; it may have been moved. Choose it again.",
  },
  malformed: {
    at: "It happens at {{name}}.",
    truncated: "The file ends too early: it was cut short on its way.",
    "header-length": "The file does not begin as a safetensors file does.",
    "header-json": "The file's header cannot be read: this is no safetensors file, or a damaged one.",
    "duplicate-name": "The file says one name twice.",
    metadata: "The file's notes about itself are not text.",
    entry: "The file describes a tensor by something else than type, shape and place.",
    dtype: "The numbers are of a type that cannot be read here; expected F32, F16 or BF16.",
    shape: "The file gives a shape that is none.",
    offsets: "The file's tensors overlap, leave gaps, or do not fill it.",
  },
} as const;
