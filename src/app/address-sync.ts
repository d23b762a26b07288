/**
 * The experiment in the address bar: `#/play?<query>`, written without new history
 * entries, read again when the visitor changes it by hand.
 */
import { formatAddress, parseAddress, type ParsedAddress } from "../protocol/address";
import type { RunConfig, RunOptions } from "../protocol/run-config";
import { pathOfHash, PLAY_PATH } from "./hash-path";

/** What is needed of the browser; a test brings its own. */
export interface AddressBar {
  /** With its `#`, or empty. */
  readonly hash: string;
  /** Changes the hash of the current history entry; tells no listener. */
  replace(hash: string): void;
  /** Calls `listener` when the visitor changed the hash; returns what ends that. */
  onChange(listener: () => void): () => void;
}

export function browserAddressBar(page: Window): AddressBar {
  return {
    get hash() {
      return page.location.hash;
    },
    replace(hash) {
      try {
        page.history.replaceState(page.history.state, "", hash);
      } catch {
        // Safari allows a hundred changes in half a minute; the next one that is allowed says it all.
      }
    },
    onChange(listener) {
      page.addEventListener("hashchange", listener);
      return () => page.removeEventListener("hashchange", listener);
    },
  };
}

/** The hash that leads to an experiment, for links and sharing. */
export function experimentHash(config: RunConfig, options: RunOptions): string {
  const query = formatAddress(config, options);
  return `#${PLAY_PATH}${query === "" ? "" : `?${query}`}`;
}

export interface AddressSync {
  /** Puts the experiment into the address, where the route shown is one that carries it. */
  readonly write: (config: RunConfig, options: RunOptions) => void;
  readonly dispose: () => void;
}

/** The experiment an address names; the default one where it names none. */
export function readExperiment({ hash }: Pick<AddressBar, "hash">): ParsedAddress {
  return parseAddress(splitHash(hash).query);
}

/**
 * @param onVisit hears of every experiment the visitor goes to by hand (a pasted link, the back button), and of nothing
 * written here. Coming back from another route without a query is no such visit: the experiment at hand stays.
 */
export function createAddressSync(bar: AddressBar, onVisit: (address: ParsedAddress) => void): AddressSync {
  let current = splitHash(bar.hash);
  let written: string | null = null;

  const write = (hash: string) => {
    written = hash;
    if (current.path !== PLAY_PATH) return;
    if (bar.hash !== hash) bar.replace(hash);
    current = splitHash(bar.hash);
  };
  const stop = bar.onChange(() => {
    const before = current;
    current = splitHash(bar.hash);
    if (current.path !== PLAY_PATH || bar.hash === written) return;
    if (before.path !== PLAY_PATH && current.query === "" && written !== null) write(written);
    else onVisit(parseAddress(current.query));
  });
  return { write: (config, options) => write(experimentHash(config, options)), dispose: stop };
}

function splitHash(hash: string): { readonly path: string; readonly query: string } {
  const mark = hash.indexOf("?");
  return { path: pathOfHash(hash), query: mark < 0 ? "" : hash.slice(mark + 1) };
}
