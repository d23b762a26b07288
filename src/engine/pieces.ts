/**
 * Work over many rows in bounded pieces, and numbers off the backend.
 *
 * Knows no network: what is done with the rows is the caller's.
 */
import type { Floats } from "../protocol/messages";
import * as tf from "./tf";

/** Images that go through the network at once where their number is not the batch's: bounds memory, still fills a GPU. */
const PIECE_ROWS = 1_000;

/** Runs `work` over `count` rows, a bounded number at a time, and reads each of its outputs as one array. */
export async function inPieces(count: number, work: (first: number, rows: number) => tf.Tensor[]): Promise<Floats[]> {
  const pieces: tf.Tensor[][] = [];
  for (let first = 0; first < count; first += PIECE_ROWS) {
    pieces.push(tf.tidy(() => work(first, Math.min(PIECE_ROWS, count - first)).map((output) => tf.reshape(output, [output.size]))));
  }
  const outputs = tf.tidy(() => pieces[0]!.map((_, i) => tf.concat1d(pieces.map((piece) => piece[i] as tf.Tensor1D))));
  for (const piece of pieces) for (const output of piece) output.dispose();
  return read(outputs);
}

/** Values of the moment, whatever training does while they are read. */
export function readCopies(tensors: readonly tf.Tensor[]): Promise<Floats[]> {
  return read(tensors.map((tensor) => tensor.clone()));
}

/** Reads and disposes. */
async function read(tensors: readonly tf.Tensor[]): Promise<Floats[]> {
  try {
    return await Promise.all(tensors.map(async (tensor) => (await tensor.data<"float32">()) as Floats));
  } finally {
    // Only now: a tensor disposed while it is read never arrives.
    for (const tensor of tensors) tensor.dispose();
  }
}
