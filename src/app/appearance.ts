/**
 * Puts the visitor's theme and language on the page: `data-theme`, `lang` and title.
 *
 * The script in `index.html` does the same before the first paint; from then on this
 * follows the preferences and, where they leave it to the system, the system.
 */
import { i18n, setLanguage } from "../i18n/i18n";
import type { Language, PreferencesStore, Theme } from "../store/preferences-store";

/** What is needed of `window`; a test brings its own. */
export interface AppearanceHost {
  readonly document: Document;
  matchMedia(query: string): Pick<MediaQueryList, "matches" | "addEventListener" | "removeEventListener">;
}

export const PAGE_LANG: Readonly<Record<Language, string>> = { en: "en", zh: "zh-CN" };

export function resolveTheme(theme: Theme, systemIsDark: boolean): "light" | "dark" {
  return theme === "system" ? (systemIsDark ? "dark" : "light") : theme;
}

/** Settles when the texts of the preferred language are there; until then the first paint can wait. */
export async function followAppearance(preferences: PreferencesStore, host: AppearanceHost): Promise<() => void> {
  const root = host.document.documentElement;
  const system = host.matchMedia("(prefers-color-scheme: dark)");

  const applyTheme = () => {
    root.dataset.theme = resolveTheme(preferences.getState().theme, system.matches);
  };
  const applyLanguage = async () => {
    const { language } = preferences.getState();
    await setLanguage(language);
    if (preferences.getState().language !== language) return; // changed again meanwhile: that call sees to it
    root.lang = PAGE_LANG[language];
    host.document.title = i18n.t("shell:documentTitle");
  };

  applyTheme();
  system.addEventListener("change", applyTheme);
  const stop = preferences.subscribe((state, before) => {
    if (state.theme !== before.theme) applyTheme();
    if (state.language !== before.language) void applyLanguage();
  });
  await applyLanguage();
  return () => {
    stop();
    system.removeEventListener("change", applyTheme);
  };
}
