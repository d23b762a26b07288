/**
 * The experiment as the query of a hash route, and back: short stable keys,
 * defaults left out, whatever is unknown or out of range mended with a notice.
 *
 * An address comes from anybody. Nothing in it makes `parseAddress` throw, and the
 * config that comes out can always run.
 */
import { mendDecoder, mendEncoder } from "./address-layers";
import { DATASETS, DATASET_IDS, isPointCloud } from "./datasets";
import {
  BACKENDS,
  BETA_SCHEDULES,
  CORRUPTIONS,
  DEFAULT_CONFIG,
  DEFAULT_OPTIONS,
  POINT_DEFAULTS,
  ENGINES,
  GAN_LOSSES,
  HEAD_ACTIVATIONS,
  INITIALISERS,
  isConvLayer,
  isCrossEntropy,
  KL_MODES,
  MISTAKES,
  MODELS,
  OPTIMISERS,
  OUTPUT_ACTIVATIONS,
  RANGES,
  RECONSTRUCTIONS,
  type HiddenLayer,
  type RunConfig,
  type RunOptions,
} from "./run-config";
import { choice, hiddenLayers, orNothing, real, whole, yesOrNo, type ValueCodec } from "./value-codecs";

/** One value of an address that could not be taken as it stood. Its texts come from outside: show them as text only. */
export interface Repair {
  readonly key: string;
  readonly given: string;
  /** What is used instead; null when the key is unknown and left out. */
  readonly used: string | null;
}

export interface ParsedAddress {
  readonly config: RunConfig;
  readonly options: RunOptions;
  readonly repairs: readonly Repair[];
}

type Experiment = RunConfig & RunOptions;

interface Field<Name extends keyof Experiment = keyof Experiment> {
  readonly key: string;
  readonly name: Name;
  readonly codec: ValueCodec<Experiment[Name]>;
}

function field<Name extends keyof Experiment>(key: string, name: Name, codec: ValueCodec<Experiment[Name]>): Field {
  return { key, name, codec };
}

/** In the order in which an address lists them. */
const FIELDS: readonly Field[] = [
  field("data", "data", choice(DATASET_IDS)),
  field("n", "trainSize", whole({ min: 1, max: Infinity })), // the data set's own limit is a matter of `agree`
  field("model", "model", choice(MODELS)),
  field("cond", "conditional", yesOrNo),
  field("enc", "encoder", hiddenLayers as ValueCodec<RunConfig["encoder"]>),
  field("head", "headActivation", choice(HEAD_ACTIVATIONS)),
  field("z", "latentDim", whole(RANGES.latentDim)),
  field("dec", "decoder", hiddenLayers as ValueCodec<RunConfig["decoder"]>),
  field("out", "outputActivation", choice(OUTPUT_ACTIVATIONS)),
  field("rec", "reconstruction", choice(RECONSTRUCTIONS)),
  field("sigma", "sigma", real(RANGES.sigma)),
  field("noise", "corruption", choice(CORRUPTIONS)),
  field("level", "corruptionLevel", real(RANGES.corruptionLevel)),
  field("beta", "beta", real(RANGES.beta)),
  field("anneal", "betaSchedule", choice(BETA_SCHEDULES)),
  field("over", "scheduleSteps", whole(RANGES.scheduleSteps)),
  field("kl", "klMode", choice(KL_MODES)),
  field("free", "freeBits", real(RANGES.freeBits)),
  field("cap", "capacity", real(RANGES.capacity)),
  field("mistake", "mistake", choice(MISTAKES)),
  field("gan", "ganLoss", choice(GAN_LOSSES)),
  field("dsteps", "discriminatorSteps", whole(RANGES.discriminatorSteps)),
  field("drate", "discriminatorRate", real(RANGES.discriminatorRate)),
  field("smooth", "labelSmoothing", real(RANGES.labelSmoothing)),
  field("inoise", "instanceNoise", real(RANGES.instanceNoise)),
  field("opt", "optimiser", choice(OPTIMISERS)),
  field("lr", "learningRate", real(RANGES.learningRate)),
  field("mom", "momentum", real(RANGES.momentum)),
  field("b1", "adamBeta1", real(RANGES.adamBeta1)),
  field("batch", "batchSize", whole(RANGES.batchSize)),
  field("init", "initialiser", choice(INITIALISERS)),
  field("seed", "seed", whole(RANGES.seed)),
  field("backend", "backend", choice(["auto", ...BACKENDS])),
  field("engine", "engine", choice(["auto", ...ENGINES])),
  field("epochs", "epochs", orNothing(whole(RANGES.epochs))),
];

function defaultsFor(data: RunConfig["data"]): Experiment {
  return {
    ...DEFAULT_CONFIG,
    ...DEFAULT_OPTIONS,
    ...(isPointCloud(data) ? POINT_DEFAULTS : {}),
    data,
    trainSize: DATASETS[data].trainDefault,
  };
}

/**
 * The query, without its question mark; empty for the default experiment. Every character of it may stand in a fragment
 * as it is.
 *
 * @param config one without issues
 */
export function formatAddress(config: RunConfig, options: RunOptions = DEFAULT_OPTIONS): string {
  const experiment: Experiment = { ...config, ...options };
  const defaults: Experiment = { ...defaultsFor(config.data), data: DEFAULT_CONFIG.data };
  return FIELDS.flatMap(({ key, name, codec }) => {
    const text = codec.write(experiment[name]);
    return text === codec.write(defaults[name]) ? [] : [`${key}=${text}`];
  }).join("&");
}

/** Reads a query, with or without its question mark. Of a key given twice the first counts. */
export function parseAddress(query: string): ParsedAddress {
  const given = new Map<string, string>();
  const again: [key: string, text: string][] = [];
  const unknown: [key: string, text: string][] = [];
  const repairs = new Repairs();
  for (const [key, text] of new URLSearchParams(query)) {
    if (!FIELDS.some((known) => known.key === key)) unknown.push([key, text]);
    else if (given.has(key)) again.push([key, text]);
    else given.set(key, text);
  }
  const { experiment, read } = readFields(given, repairs);
  const agreed = agree(experiment, read, (name, value) => {
    const { key, codec } = FIELDS.find((known) => known.name === name)!;
    repairs.mend(key, given.get(key) ?? codec.write(experiment[name]), codec.write(value));
  });
  for (const [key, text] of again) {
    const { name, codec } = FIELDS.find((known) => known.key === key)!;
    repairs.add(key, text, codec.write(agreed[name]));
  }
  for (const [key, text] of unknown) repairs.add(key, text, null);
  const { backend, engine, epochs, ...config } = agreed;
  return { config, options: { backend, engine, epochs }, repairs: repairs.list };
}

/** Field by field, the data set first because other defaults follow from it. */
function readFields(given: ReadonlyMap<string, string>, repairs: Repairs): { experiment: Experiment; read: ReadonlySet<keyof Experiment> } {
  let experiment = defaultsFor(DEFAULT_CONFIG.data);
  const read = new Set<keyof Experiment>();
  for (const { key, name, codec } of FIELDS) {
    const text = given.get(key);
    if (text === undefined) continue;
    const reading = codec.read(text);
    if (reading !== null) {
      read.add(name);
      experiment = { ...experiment, [name]: reading.value };
      if (name === "data") experiment = defaultsFor(experiment.data);
    }
    if (reading?.isExact !== true) repairs.add(key, text, codec.write(experiment[name]));
  }
  return { experiment, read };
}

/** Makes fields agree that were each in range: what the address says itself outlasts what is only a default. */
function agree(
  experiment: Experiment,
  read: ReadonlySet<keyof Experiment>,
  onMend: <Name extends keyof Experiment>(name: Name, value: Experiment[Name]) => void,
): Experiment {
  const agreed = { ...experiment };
  const mend = <Name extends keyof Experiment>(name: Name, value: Experiment[Name]) => {
    agreed[name] = value;
    onMend(name, value);
  };
  const mendLayers = (side: "encoder" | "decoder", layers: readonly HiddenLayer[]) => {
    if (hiddenLayers.write(layers) !== hiddenLayers.write(agreed[side])) mend(side, [...layers]);
  };
  const { trainMax, image } = DATASETS[agreed.data];
  const fitting = (layers: readonly HiddenLayer[]) => (isPointCloud(agreed.data) ? layers.filter((layer) => !isConvLayer(layer)) : layers);
  mendLayers("encoder", mendEncoder(fitting(agreed.encoder)));
  mendLayers("decoder", mendDecoder(fitting(agreed.decoder), image));
  if (agreed.trainSize > trainMax) mend("trainSize", trainMax);
  if (agreed.batchSize > agreed.trainSize) mend("batchSize", agreed.trainSize);
  if (isCrossEntropy(agreed.reconstruction) && isPointCloud(agreed.data)) mend("reconstruction", POINT_DEFAULTS.reconstruction);
  if (isCrossEntropy(agreed.reconstruction) && agreed.outputActivation !== "sigmoid") {
    if (read.has("reconstruction")) mend("outputActivation", "sigmoid");
    else mend("reconstruction", "mse");
  }
  if (agreed.mistake !== "none" && agreed.model !== "ae") mend("mistake", "none");
  if (agreed.conditional && agreed.model === "gan") mend("conditional", false);
  return agreed;
}

/** Characters of a text from outside that a notice shows. */
const SHOWN_CHARACTERS = 40;

/** Notices kept: no one reads more, and an address can hold any number. */
const MOST_REPAIRS = 32;

class Repairs {
  readonly list: Repair[] = [];

  add(key: string, given: string, used: string | null): void {
    if (this.list.length < MOST_REPAIRS) this.list.push({ key: shown(key), given: shown(given), used });
  }

  /** As `add`, or changes what an earlier mend of this key had settled on. */
  mend(key: string, given: string, used: string): void {
    const earlier = this.list.findIndex((repair) => repair.key === key && repair.used !== null);
    if (earlier < 0) this.add(key, given, used);
    else this.list[earlier] = { ...this.list[earlier]!, used };
  }
}

/** Cut to what a notice has room for; control characters and the like, which could garble a line, made visible. */
function shown(text: string): string {
  const start = text.slice(0, SHOWN_CHARACTERS);
  return start.replace(/\p{C}/gu, "\uFFFD") + (start.length < text.length ? "…" : "");
}
