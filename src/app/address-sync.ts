/**
 * The experiment in the address bar: `#/play?<query>`, written without new history
 * entries, read again when the visitor changes it by hand.
 */
import { formatAddress, parseAddress, type ParsedAddress } from "../protocol/address";
import type { RunConfig, RunOptions } from "../protocol/run-config";

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

const PLAY_ROUTE = "/play";

/** The hash that leads to an experiment, for links and sharing. */
export function experimentHash(config: RunConfig, options: RunOptions): string {
  const query = formatAddress(config, options);
  return `#${PLAY_ROUTE}${query === "" ? "" : `?${query}`}`;
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
    if (current.route !== PLAY_ROUTE) return;
    if (bar.hash !== hash) bar.replace(hash);
    current = splitHash(bar.hash);
  };
  const stop = bar.onChange(() => {
    const before = current;
    current = splitHash(bar.hash);
    if (current.route !== PLAY_ROUTE || bar.hash === written) return;
    if (before.route !== PLAY_ROUTE && current.query === "" && written !== null) write(written);
    else onVisit(parseAddress(current.query));
  });
  return { write: (config, options) => write(experimentHash(config, options)), dispose: stop };
}

/** `#/play?z=2` → route `/play`, query `z=2`; no route is the playground's. */
function splitHash(hash: string): { readonly route: string; readonly query: string } {
  const text = hash.replace(/^#/, "");
  const mark = text.indexOf("?");
  const path = mark < 0 ? text : text.slice(0, mark);
  return { route: path === "" || path === "/" ? PLAY_ROUTE : path, query: mark < 0 ? "" : text.slice(mark + 1) };
}
