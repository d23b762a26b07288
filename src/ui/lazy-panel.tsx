/**
 * What opens over the page, fetched when it first opens or when the page has nothing
 * better to do. Once there, it is drawn at once: no placeholder flashes by.
 *
 * Not `React.lazy`, which waits even for what is there, and never asks again for
 * what could not be had.
 */
import { use, type ComponentType } from "react";

const loads = new Set<() => Promise<unknown>>();

/** A component that suspends until its code is there; its owner draws it inside a popover, menu or dialog. */
export function lazyPanel<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let loading: Promise<ComponentType<Props>> | null = null;

  const fetchOnce = () => {
    loading ??= toldToReact(
      load().catch((error: unknown) => {
        loading = null; // another opening is worth another try
        throw error;
      }),
    );
    return loading;
  };
  loads.add(fetchOnce);

  return function LazyPanel(props: Props) {
    const Panel = use(fetchOnce());
    return <Panel {...props} />;
  };
}

/**
 * A promise with `status` and `value` on it, as React itself marks those it has waited for: `use` then takes what is there at
 * once, where it would suspend for a moment even on a settled promise.
 */
function toldToReact<Value>(promise: Promise<Value>): Promise<Value> {
  promise.then(
    (value) => Object.assign(promise, { status: "fulfilled", value }),
    () => undefined, // told to whoever waits for the promise itself
  );
  return promise;
}

/** Settles whether or not they could be had. */
export async function preloadPanels(): Promise<void> {
  await Promise.allSettled([...loads].map((load) => load()));
}
