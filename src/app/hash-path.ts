/** The route of the page, for wouter: the hash up to its `?` (what follows is the experiment, see `address-sync`). */
import { useSyncExternalStore } from "react";

export const PLAY_PATH = "/play";
export const EXPLORE_PATH = "/explore";

/** Routes that show the experiment, and so carry it in their address. */
export const isExperimentPath = (path: string): boolean => path === PLAY_PATH || path === EXPLORE_PATH;

/** `#/play?z=2` → `/play`; an empty hash is the playground. */
export function pathOfHash(hash: string): string {
  const path = hash.replace(/^#/, "").split("?", 1)[0]!;
  return path === "" || path === "/" ? PLAY_PATH : path;
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
}

const currentPath = () => pathOfHash(window.location.hash);

function navigate(path: string): void {
  window.location.hash = path;
}

export function useHashPath(): [path: string, navigate: (path: string) => void] {
  return [useSyncExternalStore(subscribe, currentPath), navigate];
}
