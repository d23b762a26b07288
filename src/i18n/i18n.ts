/**
 * The one i18next instance: English at once, so that a first paint and a test
 * need not wait; the rest when it is asked for.
 *
 * Knows no store: the shell tells it the visitor's language (`setLanguage`).
 */
import { createInstance, type BackendModule, type ReadCallback } from "i18next";
import { initReactI18next } from "react-i18next";
import { english, LAZY_ENGLISH, type Language, type LazyNamespace } from "./catalogues";

async function load(language: string, namespace: string): Promise<object | undefined> {
  if (language === "zh") {
    const { chinese } = await import("./zh/catalogues");
    return (chinese as Readonly<Record<string, object>>)[namespace];
  }
  return namespace in LAZY_ENGLISH ? LAZY_ENGLISH[namespace as LazyNamespace]() : undefined;
}

const lazyCatalogues: BackendModule = {
  type: "backend",
  init() {},
  read(language: string, namespace: string, done: ReadCallback) {
    load(language, namespace).then(
      (catalogue) => done(catalogue === undefined ? new Error(`no catalogue ${language}/${namespace}`) : null, catalogue ?? false),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error)), true), // true: worth another try
    );
  },
};

export const i18n = createInstance();

// Nothing is waited for: English is in `resources`, and initAsync false makes it usable on the next line.
void i18n
  .use(lazyCatalogues)
  .use(initReactI18next)
  .init({
    lng: "en",
    fallbackLng: "en",
    supportedLngs: ["en", "zh"],
    resources: { en: english },
    partialBundledLanguages: true,
    ns: Object.keys(english),
    defaultNS: "shell",
    initAsync: false,
    interpolation: { escapeValue: false }, // React escapes
    returnNull: false,
  });

/** Fetches areas that are not bundled, so that what needs it can be drawn in one go. */
export async function loadTexts(...namespaces: readonly LazyNamespace[]): Promise<void> {
  await i18n.loadNamespaces(namespaces);
}

/** Settles once every text of the shell is in that language; terms follow when a popover opens. */
export async function setLanguage(language: Language): Promise<void> {
  await i18n.changeLanguage(language);
}
