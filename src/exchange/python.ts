/**
 * What the scripts for every framework have in common: how a config's values are written
 * in Python, and the pieces that need NumPy alone (data files, the page's random numbers,
 * safetensors). Pieces hold no more than a config needs.
 *
 * Nothing reaches a script but the choices and numbers of a config without issues, and an address that is checked here.
 */
import { isBinarised, isCorrupted } from "../model/corruption";
import { STREAMS } from "../model/streams";
import { configIssues } from "../protocol/config-issues";
import { DATASETS, pixelCount } from "../protocol/datasets";
import type { RunConfig } from "../protocol/run-config";

export interface ScriptOptions {
  /** Address of the folder that holds the data set's `manifest.json`; null where the page has none that a script could read. */
  readonly dataUrl: string | null;
  /** Of the weights that it goes with, for the names of both files. */
  readonly step: number;
}

/** The shortest literal that reads back as the same number. */
export function number(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`number: ${value} has no place in a script`);
  return String(value);
}

/** Characters of an address that mean nothing within a Python string. */
const PLAIN_ADDRESS = /^https?:\/\/[\w.~:/?@!$&()*+,;=%[\]-]+$/;

/** @throws RangeError when the config could not run: then anything might be in it */
export function checkedConfig(config: RunConfig): RunConfig {
  if (configIssues(config).length > 0) throw new RangeError("a script is made of a config without issues only");
  return config;
}

/** Sections two blank lines apart, as PEP 8 has it; empty ones are left out. */
export function sections(...parts: readonly string[]): string {
  return `${parts
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .join("\n\n\n")}\n`;
}

/** Lines without those that are not needed. */
export function lines(...parts: readonly (string | false)[]): string {
  return parts.filter((part) => part !== false).join("\n");
}

/** Each line moved right; a script's body under its head. */
export function indented(text: string, spaces = 4): string {
  return text.replaceAll(/^(?=.)/gm, " ".repeat(spaces));
}

/** Where the data are and what one image is, as the script's first constants. */
export function dataSettings(config: RunConfig, { dataUrl }: ScriptOptions): string {
  const { image, classes } = DATASETS[config.data];
  const isAddress = dataUrl !== null && PLAIN_ADDRESS.test(dataUrl);
  return lines(
    isAddress ? `DATA = "${dataUrl}"` : `DATA = "."  # a folder with manifest.json`,
    `PIXELS = ${pixelCount(image)}${image.height > 1 ? `  # ${image.height} × ${image.width}` : "  # coordinates of a point"}`,
    config.conditional && `CLASSES = ${classes}`,
    `TRAIN_SIZE = ${config.trainSize}  # the first so many of the training files`,
    `BATCH_SIZE = ${config.batchSize}  # a last, smaller batch of an epoch is dropped`,
  );
}

/** `load_split`: the page's own files, and with them its split. */
export const DATA_CODE = String.raw`
def fetch(folder, name):
    """One file of the data set. They are packed with gzip, which a web server may have undone."""
    if folder.startswith(("http://", "https://")):
        with urlopen(folder.rstrip("/") + "/" + name) as response:
            raw = response.read()
    else:
        raw = (Path(folder) / name).read_bytes()
    return gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw


def load_split(folder, split, count=None):
    """Images as bytes [count, PIXELS] and their labels [count], in the page's order. split: "train" or "heldOut"."""
    images, labels = [], []
    for file in json.loads(fetch(folder, "manifest.json"))[split]:
        if count is None or len(labels) < count:
            raw = np.frombuffer(fetch(folder, file["file"]), np.uint8)
            images.extend(raw[: file["images"] * PIXELS].reshape(-1, PIXELS))
            labels.extend(raw[file["images"] * PIXELS :])
    return np.array(images[:count]), np.array(labels[:count])
`;

/** The page's counter-based random numbers, as many as evaluation needs: those of block 0. */
export function randomCode(config: RunConfig): string {
  const needsUniforms = isBinarised(config) || (isCorrupted(config) && config.corruption !== "gaussian");
  const needsNormals = config.model !== "ae" || (isCorrupted(config) && config.corruption === "gaussian");
  if (!needsUniforms && !needsNormals) return "";
  return sections(
    String.raw`
def uniform_pairs(stream, count):
    """Two columns of uniforms in [0, 1), "count" numbers or one more: Threefry-2x32 with 20 rounds (Salmon et al., SC 2011)."""
    keys = [SEED, stream, 0x1BD11BDA ^ SEED ^ stream]
    x0 = np.arange((count + 1) // 2, dtype=np.uint32) + np.uint32(keys[0])
    x1 = np.full_like(x0, keys[1])
    for group in range(5):
        for turn in [(13, 15, 26, 6), (17, 29, 16, 24)][group % 2]:
            x0 += x1
            x1 = (x1 << np.uint32(turn)) | (x1 >> np.uint32(32 - turn))
            x1 ^= x0
        x0 += np.uint32(keys[(group + 1) % 3])
        x1 += np.uint32((keys[(group + 2) % 3] + group + 1) % 2**32)
    return (np.stack([x0, x1], 1) >> np.uint32(8)) * 2.0**-24
`,
    needsUniforms
      ? String.raw`
def uniforms(stream, rows, columns):
    count = rows * columns
    return uniform_pairs(stream, count).reshape(-1)[:count].reshape(rows, columns).astype(np.float32)
`
      : "",
    needsNormals
      ? String.raw`
def normals(stream, rows, columns):
    """Standard normals by Box and Muller's transform."""
    count = rows * columns
    u = uniform_pairs(stream, count)
    radius, angle = np.sqrt(-2 * np.log(1 - u[:, 0])), 2 * np.pi * u[:, 1]
    pairs = np.stack([radius * np.cos(angle), radius * np.sin(angle)], 1)
    return pairs.reshape(-1)[:count].reshape(rows, columns).astype(np.float32)
`
      : "",
  );
}

/** The streams that evaluation draws from, as constants. */
export function streamSettings(config: RunConfig): string {
  return lines(
    `SEED = ${config.seed}`,
    config.model === "vae" && `NOISE = ${STREAMS.evaluationNoise}  # number of the page's random stream: the draws of z in evaluation`,
    config.model === "gan" && `DRAWS = ${STREAMS.fixedDraws}  # number of the page's random stream: what a GAN is judged on`,
    isBinarised(config) && `BINARISATION = ${STREAMS.evaluationBinarisation}  # another one: which grey pixels are white`,
    isCorrupted(config) && `CORRUPTION = ${STREAMS.evaluationCorruption}  # another one: what spoils held-out images`,
  );
}

/** Reader and writer of weights, which need no package. */
export const SAFETENSORS_CODE = String.raw`
def read_safetensors(path):
    """Arrays by name, and the metadata. The file: 8 bytes of header length, a header in JSON, the numbers."""
    raw = Path(path).read_bytes()
    start = 8 + int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8:start])
    metadata = header.pop("__metadata__", {})
    arrays = {}
    for name, entry in header.items():
        if entry["dtype"] != "F32":
            raise ValueError(f"{name} is {entry['dtype']}, this script reads F32")
        begin, end = entry["data_offsets"]
        arrays[name] = np.frombuffer(raw[start + begin : start + end], "<f4").reshape(entry["shape"])
    return arrays, metadata


def write_safetensors(path, arrays, metadata):
    header, chunks, end = {"__metadata__": metadata}, [], 0
    for name, array in arrays.items():
        chunks.append(array.astype("<f4").tobytes())
        header[name] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": [end, end + len(chunks[-1])]}
        end += len(chunks[-1])
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    Path(path).write_bytes(len(text).to_bytes(8, "little") + text + b"".join(chunks))
`;

function widths(layers: RunConfig["encoder"]): (string | number)[] {
  return layers.map((layer) => ("filters" in layer ? `${layer.filters}@${layer.kernel}x${layer.kernel}/${layer.stride}` : layer.units));
}

/** `784-400-2-400-784`, convolutions as filters × kernel. */
export function architecture(config: RunConfig): string {
  const pixels = pixelCount(DATASETS[config.data].image);
  if (config.model === "gan") {
    return `generator ${[config.latentDim, ...widths(config.decoder), pixels].join("-")}, discriminator ${[pixels, ...widths(config.encoder), 1].join("-")}`;
  }
  return [pixels, ...widths(config.encoder), config.latentDim, ...widths(config.decoder), pixels].join("-");
}

/** What the model is, in a few words. */
export function familyName(config: RunConfig): string {
  const { model, encoder, conditional } = config;
  const isConv = [...encoder, ...config.decoder].some((layer) => "filters" in layer);
  const words = [conditional ? "conditional" : "", isCorrupted(config) ? "denoising" : "", isConv ? "convolutional" : ""];
  const kind = { ae: "autoencoder", vae: "variational autoencoder", gan: "generative adversarial network" }[model];
  const name = [...words, kind].filter((word) => word !== "").join(" ");
  return name[0]!.toUpperCase() + name.slice(1);
}
