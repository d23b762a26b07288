/**
 * From the bytes a server sent to the bytes inside, checked.
 *
 * Shipped files are gzip'd; a server that knows them as such may have them
 * unpacked on the way, so that what arrives is told by its first bytes. Knows no
 * network and no image.
 */
import type { Bytes } from "../protocol/messages";
import { crc32 } from "./crc32";
import type { ManifestFile } from "./manifest";

/** The part of `crypto.subtle` that is used; browsers leave it out of pages served over plain http from another machine. */
export type Digest = Pick<SubtleCrypto, "digest">;

/**
 * What is inside `received`, or null when it is not the file of the manifest.
 *
 * Without `subtle` (a classroom server at `http://10.…`) length and CRC-32 take the place of SHA-256: enough against damage
 * on the way, which is what is guarded against; over plain http nothing guards against a forger.
 */
export async function unpackFile(received: Bytes, entry: ManifestFile, subtle: Digest | undefined): Promise<Bytes | null> {
  const packed = received[0] === 0x1f && received[1] === 0x8b;
  if (received.length !== (packed ? entry.bytes : entry.rawBytes)) return null;
  if (subtle !== undefined && (await sha256(subtle, received)) !== (packed ? entry.sha256 : entry.rawSha256)) return null;
  const raw = packed ? await gunzip(received) : received;
  if (raw === null || raw.length !== entry.rawBytes) return null;
  return subtle === undefined && crc32(raw) !== entry.rawCrc32 ? null : raw;
}

async function sha256(subtle: Digest, bytes: Bytes): Promise<string> {
  const digest = new Uint8Array(await subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Null when `bytes` is no whole gzip stream. */
async function gunzip(bytes: Bytes): Promise<Bytes | null> {
  try {
    const unpacked = new Response(bytes).body!.pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(unpacked).arrayBuffer());
  } catch {
    return null;
  }
}
