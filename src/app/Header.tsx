/** Name, pages, presets, link, language, theme and help: the same on every route. */
import { CircleQuestionMark, Moon, Sun, SunMoon } from "lucide-react";
import { useText } from "../i18n/use-text";
import type { Theme } from "../store/preferences-store";
import { Button } from "../ui/Button";
import { IconButton } from "../ui/IconButton";
import { ExportMenu } from "../views/exchange/ExportMenu";
import { PresetMenu } from "../views/PresetMenu";
import { usePreferences, useStores } from "../views/stores";
import styles from "./Header.module.css";
import { EXPLORE_PATH, PLAY_PATH, useHashPath } from "./hash-path";
import { Logo } from "./Logo";
import { ShareButton } from "./ShareButton";

export function Header({ onHelp }: { readonly onHelp: () => void }) {
  const { t } = useText("shell");
  return (
    <header className={styles.header}>
      <a className={styles.home} href={`#${PLAY_PATH}`} aria-label={t("home")}>
        <Logo />
        <h1 className={styles.title}>{t("title")}</h1>
      </a>
      <Pages />
      <div className={styles.tools}>
        <PresetMenu />
        <ExportMenu />
        <ShareButton />
        <LanguageSwitch />
        <ThemeSwitch />
        <IconButton label={t("helpButton")} onPress={onHelp}>
          <CircleQuestionMark size={18} aria-hidden />
        </IconButton>
      </div>
    </header>
  );
}

const PAGES = { play: PLAY_PATH, explore: EXPLORE_PATH } as const;

/** The experiment goes along from page to page by itself: see `address-sync`. */
function Pages() {
  const { t } = useText("shell");
  const [path] = useHashPath();
  return (
    <nav className={styles.pages} aria-label={t("pages.label")}>
      {(["play", "explore"] as const).map((page) => (
        <a key={page} href={`#${PAGES[page]}`} aria-current={path === PAGES[page] ? "page" : undefined}>
          {t(`pages.${page}`)}
        </a>
      ))}
    </nav>
  );
}

function LanguageSwitch() {
  const { t } = useText("shell");
  const { preferences } = useStores();
  const language = usePreferences((state) => state.language);
  const other = language === "en" ? "zh" : "en";
  return (
    // In the language it leads to, for those who can only read that one.
    <span lang={other === "zh" ? "zh-CN" : "en"}>
      <Button variant="quiet" label={t("switchLanguage")} onPress={() => preferences.getState().set({ language: other })}>
        {t("otherLanguage")}
      </Button>
    </span>
  );
}

const NEXT_THEME: Readonly<Record<Theme, Theme>> = { system: "light", light: "dark", dark: "system" };

function ThemeSwitch() {
  const { t } = useText("shell");
  const { preferences } = useStores();
  const theme = usePreferences((state) => state.theme);
  const Icon = theme === "system" ? SunMoon : theme === "light" ? Sun : Moon;
  return (
    <IconButton
      label={t("theme.button", { theme: t(`theme.${theme}`) })}
      onPress={() => preferences.getState().set({ theme: NEXT_THEME[theme] })}
    >
      <Icon size={18} aria-hidden />
    </IconButton>
  );
}
