// @vitest-environment jsdom
/** The page around the playground: routes, language, theme, link, presets, help, and what is left when drawing fails. */
import { act, cleanup, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { setLanguage } from "../i18n/i18n";
import type { Command } from "../protocol/messages";
import { PRESETS } from "../protocol/presets";
import { DEFAULT_CONFIG, DEFAULT_OPTIONS } from "../protocol/run-config";
import { createDraftStore } from "../store/draft-store";
import { createExplorerStore } from "../store/explorer-store";
import { createPreferencesStore } from "../store/preferences-store";
import { NO_SURVEY } from "../testing/no-survey";
import { createProbeStore } from "../store/probe-store";
import { createRunStore } from "../store/run-store";
import { preloadOverlays } from "../ui/preload-overlays";
import { App } from "./App";
import { followAppearance } from "./appearance";

const play = vi.hoisted(() => ({ isBroken: false }));
vi.mock("../views/PlayPage", () => ({
  PlayPage() {
    if (play.isBroken) throw new Error("broken for the test");
    return <p>the playground</p>;
  },
}));
vi.mock("../views/explore/ExplorePage", () => ({ ExplorePage: () => <p>the explorer</p> }));
// jsdom has no CSS.escape, with which react-aria asks the page for its nonce.
vi.stubGlobal("CSS", { escape: (text: string) => text });

let sent: Command[];
let stores: ReturnType<typeof makeStores>;
let stop: () => void;
const system = Object.assign(new EventTarget(), { matches: false });

function makeStores() {
  const experiment = { config: { ...DEFAULT_CONFIG, latentDim: 3 }, options: DEFAULT_OPTIONS };
  sent = [];
  return {
    run: createRunStore((command) => sent.push(command), experiment),
    draft: createDraftStore(experiment),
    probe: createProbeStore(3),
    preferences: createPreferencesStore(null, ["en"]),
    explorer: createExplorerStore(),
    survey: NO_SURVEY,
  };
}

async function open(hash = "") {
  window.location.hash = hash;
  stores = makeStores();
  stop = await followAppearance(stores.preferences, { document, matchMedia: () => system });
  // What is drawn right after the first paint is there, too.
  await act(async () => {
    render(<App stores={stores} />);
    await preloadOverlays();
  });
}

beforeEach(() => {
  play.isBroken = false;
  system.matches = false;
});

afterEach(async () => {
  cleanup();
  stop();
  vi.restoreAllMocks();
  await setLanguage("en");
});

const press = (name: string | RegExp) => userEvent.click(screen.getByRole("button", { name }));

test.each(["", "#/", "#/play", "#/play?z=3"])("%s is the playground", async (hash) => {
  await open(hash);
  expect(screen.getByText("the playground")).toBeDefined();
});

test("Play and Explore lead to each other, the one at hand is marked", async () => {
  await open("#/play?z=3");
  const pages = within(screen.getByRole("navigation", { name: "Pages" }));
  const current = () => pages.getAllByRole("link").filter((link) => link.getAttribute("aria-current") === "page");
  expect(current().map((link) => link.textContent)).toEqual(["Play"]);
  expect(pages.getByRole("link", { name: "Explore" }).getAttribute("href")).toBe("#/explore");
  act(() => {
    window.location.hash = "#/explore";
  });
  await waitFor(() => expect(current().map((link) => link.textContent)).toEqual(["Explore"]));
  expect(await screen.findByText("the explorer")).toBeDefined();
});

test("an address that leads nowhere says so and leads back", async () => {
  await open("#/nowhere?z=2");
  expect(screen.getByText("The page /nowhere does not exist.")).toBeDefined();
  expect(screen.getByRole("link", { name: "To the playground" }).getAttribute("href")).toBe("#/play");
  act(() => {
    window.location.hash = "#/play";
  });
  expect(await screen.findByText("the playground")).toBeDefined();
});

test("the language is switched for texts, lang and title alike", async () => {
  await open();
  await press(/中文/);
  expect(await screen.findByRole("button", { name: "分享" })).toBeDefined();
  await waitFor(() => expect(document.documentElement.lang).toBe("zh-CN"));
  expect(document.title).toMatch(/变分自编码器/);
  await press(/EN/);
  await waitFor(() => expect(document.documentElement.lang).toBe("en"));
  expect(document.title).toMatch(/variational autoencoder/);
});

const theme = () => document.documentElement.dataset.theme;

test("the theme goes round, and follows the system where it is left to it", async () => {
  await open();
  expect(theme()).toBe("light");
  system.matches = true;
  act(() => void system.dispatchEvent(new Event("change")));
  expect(theme()).toBe("dark");
  await press("Theme: as the system");
  expect(theme()).toBe("light");
  await press("Theme: light");
  expect(theme()).toBe("dark");
  await press("Theme: dark");
  expect(stores.preferences.getState().theme).toBe("system");
});

test("Share copies the whole experiment and says so", async () => {
  await open();
  const user = userEvent.setup(); // brings a clipboard
  await user.click(screen.getByRole("button", { name: "Share" }));
  expect(await screen.findByText("Link copied")).toBeDefined();
  expect(await navigator.clipboard.readText()).toMatch(/#\/play\?.*z=3/);
});

test("where the clipboard is refused, the link is there to be copied by hand", async () => {
  await open();
  const user = userEvent.setup();
  vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new Error("refused"));
  await user.click(screen.getByRole("button", { name: "Share" }));
  const field = await screen.findByRole<HTMLInputElement>("textbox", { name: "Link to this experiment" });
  expect(field.value).toMatch(/#\/play\?.*z=3/);
  expect(screen.queryByText("Link copied")).toBeNull();
});

test("while the draft cannot run, the link is that of the run at hand", async () => {
  await open();
  act(() => stores.draft.getState().edit({ latentDim: 0 }));
  const user = userEvent.setup();
  await user.click(screen.getByRole("button", { name: "Share" }));
  await screen.findByText("Link copied");
  expect(await navigator.clipboard.readText()).toMatch(/z=3/);
});

test("a preset is loaded whole; backend and length stay", async () => {
  await open();
  act(() => stores.draft.getState().editOptions({ backend: "wasm", epochs: 5 }));
  await preloadOverlays();
  await press("Presets");
  await userEvent.click(await screen.findByRole("menuitem", { name: /Fashion/ }));
  expect(stores.draft.getState().config).toEqual(PRESETS["vae-fashion"]);
  expect(stores.draft.getState().options).toMatchObject({ backend: "wasm", epochs: 5 });
});

test("? opens the help, where the settings are", async () => {
  await open();
  await userEvent.keyboard("?");
  await screen.findByRole("dialog", { name: "Help and settings" });
  await userEvent.click(screen.getByRole("checkbox", { name: "Pause while this tab is hidden" }));
  await userEvent.click(screen.getByRole("radio", { name: "5,000" }));
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Backend" }), "WebAssembly");
  expect(stores.preferences.getState()).toMatchObject({ pauseWhenHidden: true, cloudSize: 5000 });
  expect(stores.draft.getState().options.backend).toBe("wasm");
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("keys train, step and reset from anywhere", async () => {
  await open();
  await userEvent.keyboard(" .r");
  expect(sent.map((command) => command.type)).toEqual(["train", "step", "prepare"]);
});

test("what cannot be drawn leaves words and a way to try again", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {}); // React reports the error it was asked to catch
  play.isBroken = true;
  await open();
  expect(screen.getByText("This page has stumbled")).toBeDefined();
  expect(screen.getByText(/broken for the test/)).toBeDefined();
  expect(screen.getByRole("button", { name: "Share" })).toBeDefined();
  play.isBroken = false;
  await press("Draw it again");
  expect(screen.getByText("the playground")).toBeDefined();
});

test("the skip link leads to the page", async () => {
  await open();
  await userEvent.tab();
  expect(document.activeElement?.textContent).toBe("Skip to the playground");
  await userEvent.keyboard("{Enter}");
  expect(document.activeElement).toBe(screen.getByRole("main"));
});
