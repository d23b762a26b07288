/** A `fetch` over files, so that scripts load the shipped data through the loader the page uses. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** Answers `file:` URLs; 404 for what cannot be read. */
export async function folderFetch(url: string): Promise<Response> {
  try {
    return new Response(new Uint8Array(await readFile(fileURLToPath(url))));
  } catch {
    return new Response(null, { status: 404 });
  }
}
