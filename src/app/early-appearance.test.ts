// @vitest-environment jsdom
/** The script in `index.html` that runs before the first paint comes to the same theme and language as the stores do later. */
import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { createPreferencesStore, PREFERENCES_KEY } from "../store/preferences-store";
import { PAGE_LANG, resolveTheme } from "./appearance";

const page = readFileSync("index.html", "utf8");
const script = /<script>([\s\S]*?)<\/script>/.exec(page)![1]!;
const tokens = readFileSync("src/ui/tokens.css", "utf8");

const STORED = [
  null,
  "{}",
  "not json",
  "null",
  '{"theme":"dark"}',
  '{"theme":"light","language":"zh"}',
  '{"theme":"pink","language":"fr"}',
];
const LANGUAGES = [["en-GB"], ["zh-Hant-TW", "en"], ["fr", "zh-CN"], ["de"], []];

const cases = STORED.flatMap((stored) => LANGUAGES.flatMap((languages) => [true, false].map((isDark) => ({ stored, languages, isDark }))));

test.each(cases)("kept $stored, languages $languages, dark system $isDark", ({ stored, languages, isDark }) => {
  const root = document.createElement("html");
  const storage = {
    getItem(key: string) {
      expect(key).toBe(PREFERENCES_KEY);
      return stored;
    },
    setItem() {},
  };
  runInNewContext(script, {
    document: { documentElement: root },
    localStorage: storage,
    navigator: { languages },
    matchMedia: () => ({ matches: isDark }),
  });
  const { theme, language } = createPreferencesStore(storage, languages).getState();
  expect([root.dataset.theme, root.lang]).toEqual([resolveTheme(theme, isDark), PAGE_LANG[language]]);
});

test("a browser that refuses storage is met with the system's theme", () => {
  const root = document.createElement("html");
  const context = { document: { documentElement: root }, navigator: { languages: ["en"] }, matchMedia: () => ({ matches: true }) };
  runInNewContext(script, context); // localStorage is not even defined
  expect([root.dataset.theme, root.lang]).toEqual(["dark", "en"]);
});

const papers = (css: string, name: RegExp) => [...css.matchAll(name)].map((match) => match[1]);

test("its paper is the tokens' paper", () => {
  expect(papers(page, /background: (#\w+)/g)).toEqual(papers(tokens, /--paper: (#\w+)/g));
});
