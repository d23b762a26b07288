/** The language of react-aria's own few words (a hidden "Dismiss"), from the page's `lang`. */
export function pageLocale(): "en-US" | "zh-CN" {
  return document.documentElement.lang.startsWith("zh") ? "zh-CN" : "en-US";
}
