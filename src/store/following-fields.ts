/**
 * Fields that an edit leaves open and that cannot stay as they are: a choice brings
 * what it needs, so that choosing never makes a draft that cannot run.
 *
 * What the edit itself says is taken as it stands; of two that do not go together the
 * one chosen last leads the other.
 */
import { mendDecoder } from "../protocol/address-layers";
import { DATASETS, isPointCloud, type DatasetId } from "../protocol/datasets";
import { GAN_DEFAULTS } from "../protocol/gan-presets";
import { DEFAULT_CONFIG, isCrossEntropy, POINT_DEFAULTS, type RunConfig } from "../protocol/run-config";
import { fitDecoder } from "./fit-decoder";

type Fields = Partial<RunConfig>;

export function followingFields(config: RunConfig, change: Fields): Fields {
  let followed: Fields = {};
  let next: RunConfig = { ...config, ...change };
  const lead = (fields: Fields) => {
    const open = Object.fromEntries(Object.entries(fields).filter(([name]) => !(name in change)));
    followed = { ...followed, ...open };
    next = { ...next, ...open };
  };
  if (change.mistake !== undefined && change.mistake !== "none" && next.model !== "ae") lead({ model: "ae" });
  if (change.conditional === true && next.model === "gan") lead({ model: "vae" });
  if (next.data !== config.data) lead(fieldsOfData(config.data, next));
  if (next.model !== config.model) lead(fieldsOfModel(config.model, next));
  if (isCrossEntropy(next.reconstruction)) lead(fieldsOfCrossEntropy(next, change));
  if (next.batchSize > next.trainSize) lead({ batchSize: next.trainSize });
  return followed;
}

/** Points and images are measured and rebuilt differently; from one picture to another only the decoder's grid has to fit anew. */
function fieldsOfData(before: DatasetId, { data, model, decoder }: RunConfig): Fields {
  const { image, trainDefault: trainSize } = DATASETS[data];
  if (isPointCloud(before) === isPointCloud(data)) return { trainSize, decoder: [...mendDecoder(fitDecoder(decoder, image), image)] };
  return { trainSize, ...usualFields(data), ...(model === "gan" ? ganNetwork(data) : {}) };
}

function fieldsOfModel(before: RunConfig["model"], { data, model }: RunConfig): Fields {
  const alone: Fields = model === "ae" ? {} : { mistake: "none" };
  if (model === "gan") return { ...alone, ...GAN_DEFAULTS, ...ganNetwork(data) };
  if (before !== "gan") return alone;
  const { latentDim, optimiser, learningRate, adamBeta1, batchSize, initialiser } = DEFAULT_CONFIG;
  return { ...alone, ...usualFields(data), latentDim, optimiser, learningRate, adamBeta1, batchSize, initialiser };
}

/** Likelihood and network of an autoencoder on this data. */
function usualFields(data: DatasetId): Fields {
  const { reconstruction, sigma, outputActivation, encoder, decoder } = {
    ...DEFAULT_CONFIG,
    ...(isPointCloud(data) ? POINT_DEFAULTS : {}),
  };
  return { reconstruction, sigma, outputActivation, encoder: [...encoder], decoder: [...decoder] };
}

const leaky = (layers: typeof POINT_DEFAULTS.encoder) => layers.map(({ units }) => ({ units, activation: "lrelu" as const }));

/** Of points the network is as narrow as an autoencoder's and a plane is enough of a latent space; leaky as all GANs' are. */
function ganNetwork(data: DatasetId): Fields {
  const { encoder, decoder, latentDim, outputActivation } = GAN_DEFAULTS;
  if (!isPointCloud(data)) return { encoder: [...encoder], decoder: [...decoder], latentDim, outputActivation };
  return {
    encoder: leaky(POINT_DEFAULTS.encoder),
    decoder: leaky(POINT_DEFAULTS.decoder),
    latentDim: DEFAULT_CONFIG.latentDim,
    outputActivation: POINT_DEFAULTS.outputActivation,
    reconstruction: POINT_DEFAULTS.reconstruction,
  };
}

/** A cross-entropy is taken between probabilities: coordinates of points are none, and its output is a sigmoid. */
function fieldsOfCrossEntropy({ data, outputActivation }: RunConfig, change: Fields): Fields {
  if (isPointCloud(data)) return { reconstruction: POINT_DEFAULTS.reconstruction };
  if (outputActivation === "sigmoid") return {};
  return change.outputActivation === undefined ? { outputActivation: "sigmoid" } : { reconstruction: "mse" };
}
