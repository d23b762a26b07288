/** Both languages say the same things: same keys, same placeholders, nothing left empty. */
import { expect, test } from "vitest";
import { english, LAZY_ENGLISH } from "./catalogues";
import { i18n, setLanguage } from "./i18n";
import { chinese } from "./zh/catalogues";

const lazy = await Promise.all(Object.entries(LAZY_ENGLISH).map(async ([name, load]) => [name, await load()] as const));
const ENGLISH: Readonly<Record<string, object>> = { ...english, ...Object.fromEntries(lazy) };
const CHINESE: Readonly<Record<string, object>> = chinese;

/** Dotted key → text. */
function flatten(node: object, prefix = ""): Map<string, string> {
  return new Map(
    Object.entries(node).flatMap(([key, value]: [string, unknown]) =>
      typeof value === "string" ? [[prefix + key, value] as const] : [...flatten(value as object, `${prefix}${key}.`)],
    ),
  );
}

const placeholders = (text: string) =>
  [...text.matchAll(/\{\{\s*([\w]+)[^}]*\}\}/g)].map((match) => match[1]!).toSorted((a, b) => a.localeCompare(b));

test.each(Object.keys(ENGLISH))("%s has the same keys and placeholders in both languages", (namespace) => {
  const en = flatten(ENGLISH[namespace]!);
  const zh = flatten(CHINESE[namespace]!);
  expect([...zh.keys()].toSorted()).toEqual([...en.keys()].toSorted());
  for (const [key, text] of en) expect([key, placeholders(zh.get(key)!)]).toEqual([key, placeholders(text)]);
});

test("no text is empty, and none has space at its ends", () => {
  const all = [ENGLISH, CHINESE].flatMap((language) => [...flatten(language)]);
  expect(all.filter(([, text]) => text.trim() === "" || text !== text.trim())).toEqual([]);
});

test("both languages cover the same namespaces", () => {
  expect(Object.keys(CHINESE).toSorted()).toEqual(Object.keys(ENGLISH).toSorted());
});

test("texts are there at once in English, and after setLanguage in Chinese", async () => {
  const key = "shell:title";
  expect(i18n.t(key)).toBe("VAE Playground");
  await setLanguage("zh");
  expect(i18n.hasLoadedNamespace("latent", { lng: "zh" })).toBe(true);
  await i18n.loadNamespaces("terms");
  expect(i18n.getResourceBundle("zh", "terms")).toEqual(chinese.terms);
  await setLanguage("en");
});
