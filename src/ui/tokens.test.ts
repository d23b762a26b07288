/** Words can be read wherever they stand: WCAG 2.2 contrast of the tokens, in both themes. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const css = readFileSync("src/ui/tokens.css", "utf8");

/** `--name` → `#rrggbb` of the block that a selector opens. */
function tokensOf(selector: string): Map<string, string> {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf("}", start));
  return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name!, value!]));
}

const THEMES = { light: tokensOf(":root"), dark: tokensOf(':root[data-theme="dark"]') };

type Rgb = readonly [number, number, number];

const rgb = (hex: string): Rgb => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255) as unknown as Rgb;
const mix = (over: Rgb, under: Rgb, part: number): Rgb => over.map((value, i) => value * part + under[i]! * (1 - part)) as unknown as Rgb;

/** WCAG 2.2, "relative luminance". */
function luminance(color: Rgb): number {
  const [r, g, b] = color.map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: Rgb, other: Rgb): number {
  const [dark, light] = [luminance(one), luminance(other)].toSorted((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const IDEAS = ["encoder", "latent", "decoder", "adversarial", "good", "bad"];

test.each(Object.entries(THEMES))("%s: words reach 4.5:1 on paper, card and the 12 %% tint of their own idea", (_, tokens) => {
  const color = (name: string) => rgb(tokens.get(name)!);
  const low = [];
  for (const ground of ["paper", "card"]) {
    for (const ink of ["ink", "ink-2"]) if (contrast(color(ink), color(ground)) < 4.5) low.push([ink, ground]);
    for (const idea of IDEAS) {
      const text = color(`${idea}-text`);
      if (contrast(text, color(ground)) < 4.5) low.push([idea, ground]);
      if (contrast(text, mix(color(idea), color(ground), 0.12)) < 4.5) low.push([idea, `tint on ${ground}`]);
    }
  }
  expect(low).toEqual([]);
});

test.each(Object.entries(THEMES))("%s: shapes, field edges and the focus ring reach 3:1", (_, tokens) => {
  const color = (name: string) => rgb(tokens.get(name)!);
  const low = ["paper", "card"].flatMap((ground) =>
    [...IDEAS, "edge", "focus"].filter((name) => contrast(color(name), color(ground)) < 3).map((name) => [name, ground]),
  );
  expect(low).toEqual([]);
});

test("both themes name the same colours", () => {
  expect([...THEMES.dark.keys()].toSorted()).toEqual([...THEMES.light.keys()].toSorted());
});
