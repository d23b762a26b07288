// @vitest-environment jsdom
/** The presets' menu: four groups, every preset once, as-written ones marked in words, all by keyboard. */
import { cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { loadTexts } from "../i18n/i18n";
import { PRESET_FACTS, PRESET_GROUPS, PRESET_IDS, PRESETS } from "../protocol/presets";
import { DEFAULT_CONFIG, DEFAULT_OPTIONS } from "../protocol/run-config";
import { createDraftStore } from "../store/draft-store";
import { createExplorerStore } from "../store/explorer-store";
import { createPreferencesStore } from "../store/preferences-store";
import { NO_SURVEY } from "../testing/no-survey";
import { createProbeStore } from "../store/probe-store";
import { createRunStore } from "../store/run-store";
import { preloadOverlays } from "../ui/preload-overlays";
import { PresetMenu } from "./PresetMenu";
import { StoresProvider, type Stores } from "./stores";

let stores: Stores;

beforeAll(async () => {
  await Promise.all([preloadOverlays(), loadTexts("presets")]);
});

beforeEach(async () => {
  // jsdom has no CSS.escape, with which react-aria asks the page for its nonce.
  vi.stubGlobal("CSS", { escape: (text: string) => text });
  const experiment = { config: DEFAULT_CONFIG, options: DEFAULT_OPTIONS };
  stores = {
    draft: createDraftStore(experiment),
    run: createRunStore(() => {}, experiment),
    probe: createProbeStore(2),
    preferences: createPreferencesStore(null),
    explorer: createExplorerStore(),
    survey: NO_SURVEY,
  };
  render(
    <StoresProvider value={stores}>
      <PresetMenu />
    </StoresProvider>,
  );
  await userEvent.click(screen.getByRole("button", { name: "Presets" }));
  await screen.findByRole("menu", { name: "Presets" });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test("every preset stands once, under its group, and says whether it is as written", () => {
  const groups = screen.getAllByRole("group");
  expect(groups).toHaveLength(PRESET_GROUPS.length);
  expect(screen.getByRole("group", { name: "From the tutorials" })).toBe(groups[0]);
  const items = groups.map((group) => within(group).getAllByRole("menuitem"));
  const ids = PRESET_GROUPS.map((group) => PRESET_IDS.filter((id) => PRESET_FACTS[id].group === group));
  expect(items.map(({ length }) => length)).toEqual(ids.map(({ length }) => length));
  const marked = items.flat().map((item) => item.textContent.includes("As written"));
  expect(marked).toEqual(ids.flat().map((id) => PRESET_FACTS[id].corrected !== undefined));
});

test("keys lead from group to group, and Enter takes a preset", async () => {
  const last = PRESET_IDS.filter((id) => PRESET_FACTS[id].group === "tutorials").length;
  await userEvent.keyboard("{ArrowDown}".repeat(last) + "{Enter}");
  expect(stores.draft.getState().config).toEqual(PRESETS["dae-masking"]);
});
