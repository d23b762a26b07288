// @vitest-environment jsdom
import { act, cleanup, render, screen } from "@testing-library/react";
import { Suspense, type ReactNode } from "react";
import { ErrorBoundary } from "react-error-boundary";
import { afterEach, expect, test } from "vitest";
import { lazyPanel, preloadPanels } from "./lazy-panel";

afterEach(cleanup);

const Words = ({ text }: { readonly text: string }) => <p>{text}</p>;
const inside = (panel: ReactNode) => (
  <ErrorBoundary fallback="not to be had">
    <Suspense fallback="…">{panel}</Suspense>
  </ErrorBoundary>
);

test("a panel is fetched once, when it is first drawn or before, and is then drawn without a placeholder", async () => {
  let fetched = 0;
  const Panel = lazyPanel(async () => {
    fetched++;
    return Words;
  });
  expect(fetched).toBe(0);
  await preloadPanels();
  render(inside(<Panel text="words" />));
  expect(screen.getByText("words")).toBeTruthy(); // in the very first drawing
  cleanup();
  render(inside(<Panel text="others" />));
  expect([screen.getByText("others").textContent, fetched]).toEqual(["others", 1]);
});

test("before it is there a placeholder stands in its place", async () => {
  const waiting: (() => void)[] = [];
  const arrival = new Promise<void>((resolve) => waiting.push(resolve));
  const Panel = lazyPanel(async () => {
    await arrival;
    return Words;
  });
  // Of its own accord React draws again what waited; in a test, within an act that is waited for.
  await act(async () => render(inside(<Panel text="late" />)));
  expect(screen.getByText("…")).toBeTruthy();
  await act(async () => waiting.forEach((arrive) => arrive()));
  expect(screen.getByText("late")).toBeTruthy();
});

test("what could not be had is asked for again by the next opening", async () => {
  let isOffline = true;
  const Panel = lazyPanel(async () => {
    if (isOffline) throw new Error("offline");
    return Words;
  });
  await preloadPanels(); // settles all the same
  isOffline = false;
  await act(async () => render(inside(<Panel text="back" />)));
  expect(screen.getByText("back")).toBeTruthy();
});
