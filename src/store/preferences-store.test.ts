import { expect, test, vi } from "vitest";
import { createPreferencesStore, PREFERENCES_KEY, type PreferenceStorage } from "./preferences-store";

function memory(text: string | null = null): PreferenceStorage & { text: string | null } {
  return {
    text,
    getItem(key) {
      return key === PREFERENCES_KEY ? this.text : null;
    },
    setItem(key, value) {
      if (key === PREFERENCES_KEY) this.text = value;
    },
  };
}

const DEFAULTS = {
  theme: "system",
  language: "en",
  layers: { grid: true, points: true, rings: true, ellipses: false, density: false, error: false, ground: "none" },
  hiddenClasses: [],
  cloudSize: 2000,
  pauseWhenHidden: false,
};

test.each([
  [["zh-CN", "en"], "zh"],
  [["zh"], "zh"],
  [["ZH-Hant-TW"], "zh"],
  [["en-GB", "zh-CN"], "en"],
  [["fr", "zh-CN", "en"], "zh"],
  [["fr"], "en"],
  [[], "en"],
])("for %j the page speaks %s", (languages, language) => {
  expect(createPreferencesStore(null, languages).getState().language).toBe(language);
});

test("what is chosen is found again", () => {
  const storage = memory();
  const first = createPreferencesStore(storage, ["en"]);
  expect(first.getState()).toMatchObject(DEFAULTS);
  const chosen = {
    theme: "dark",
    language: "zh",
    layers: { grid: false, points: true, rings: false, ellipses: true, density: true, error: true, ground: "regions" },
    cloudSize: 5000,
    pauseWhenHidden: true,
  } as const;
  first.getState().set(chosen);
  expect(createPreferencesStore(storage, ["en"]).getState()).toMatchObject(chosen);
});

test("hidden classes are of the data set at hand and are not kept", () => {
  const storage = memory();
  const preferences = createPreferencesStore(storage, ["en"]);
  preferences.getState().toggleClass(3);
  preferences.getState().toggleClass(5);
  preferences.getState().toggleClass(3);
  expect(preferences.getState().hiddenClasses).toEqual([5]);
  expect(createPreferencesStore(storage, ["en"]).getState().hiddenClasses).toEqual([]);
});

test.each([
  "",
  "not json",
  "null",
  "7",
  "[]",
  JSON.stringify({ theme: "pink", language: 4, layers: "all", cloudSize: 3000, pauseWhenHidden: "yes", set: 1 }),
])("stored %j is met with the defaults", (text) => {
  const state = createPreferencesStore(memory(text), ["en"]).getState();
  expect(state).toMatchObject(DEFAULTS);
  expect(state.set).toBeTypeOf("function");
});

test("what is valid beside what is not is kept", () => {
  const text = JSON.stringify({ theme: "dark", cloudSize: 12, layers: { ellipses: true, grid: 1 } });
  expect(createPreferencesStore(memory(text), ["en"]).getState()).toMatchObject({
    theme: "dark",
    cloudSize: 2000,
    layers: { ...DEFAULTS.layers, ellipses: true, density: false, error: false, ground: "none" },
  });
});

test("a browser that refuses its storage still has preferences", () => {
  const refuse = vi.fn<() => never>(() => {
    throw new DOMException("denied", "SecurityError");
  });
  const preferences = createPreferencesStore({ getItem: refuse, setItem: refuse }, ["zh"]);
  preferences.getState().set({ theme: "dark" });
  expect(preferences.getState()).toMatchObject({ theme: "dark", language: "zh" });
  expect(refuse).toHaveBeenCalledTimes(2);
});
