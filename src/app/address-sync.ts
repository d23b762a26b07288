/**
 * The experiment in the address bar, `#/play?<query>` or `#/explore?<query>`, written
 * without new history entries, read again when the visitor changes it by hand.
 */
import { formatAddress, parseAddress, type ParsedAddress } from "../protocol/address";
import type { RunConfig, RunOptions } from "../protocol/run-config";
import { isExperimentPath, pathOfHash, PLAY_PATH } from "./hash-path";

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

/** The hash that leads to an experiment, for links and sharing; on another route than the playground where `path` is one that shows it. */
export function experimentHash(config: RunConfig, options: RunOptions, path: string = PLAY_PATH): string {
  return hashOf(isExperimentPath(path) ? path : PLAY_PATH, formatAddress(config, options));
}

const hashOf = (path: string, query: string) => `#${path}${query === "" ? "" : `?${query}`}`;

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
 * written here. Coming to a route from another one without a query, or back to one as it was left, is no such visit: the
 * experiment at hand stays and goes along.
 */
export function createAddressSync(bar: AddressBar, onVisit: (address: ParsedAddress) => void): AddressSync {
  let current = splitHash(bar.hash);
  /** The query of the experiment at hand; null before it is known. */
  let written: string | null = null;
  /** Route → the query it was left with. */
  const left = new Map<string, string>();

  const write = (query: string) => {
    written = query;
    if (!isExperimentPath(current.path)) return;
    const hash = hashOf(current.path, query);
    if (bar.hash !== hash) bar.replace(hash);
    current = splitHash(bar.hash);
  };
  const stop = bar.onChange(() => {
    const before = current;
    current = splitHash(bar.hash);
    left.set(before.path, before.query);
    const { path, query } = current;
    if (!isExperimentPath(path) || query === written) return;
    const isOnlyRoute = before.path !== path && (query === "" || query === left.get(path));
    if (isOnlyRoute && written !== null) write(written);
    else onVisit(parseAddress(query));
  });
  return { write: (config, options) => write(formatAddress(config, options)), dispose: stop };
}

function splitHash(hash: string): { readonly path: string; readonly query: string } {
  const mark = hash.indexOf("?");
  return { path: pathOfHash(hash), query: mark < 0 ? "" : hash.slice(mark + 1) };
}
