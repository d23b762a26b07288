/** What the explorer's specs share: opening it, its tools, places on its map, what is drawn, what is saved. */
import { readFileSync } from "node:fs";
import { expect, type Locator, type Page, type TestInfo } from "@playwright/test";
import { statusLine } from "./playground";

/** Opens the explorer on the recorded run that belongs to a config, and waits until that is on screen and can be walked. */
export async function openRecorded(page: Page, query = ""): Promise<void> {
  await page.goto(`./#/explore${query === "" ? "" : `?${query}`}`);
  await expect(statusLine(page)).toHaveAttribute("data-shown", "recorded");
  await expect(probeSlider(page, "z₁")).toBeAttached();
  await expect(page.getByText(/^\d.* posterior means, coloured by class/)).toBeAttached();
}

/** @returns the panel of the tool */
export async function openTool(page: Page, name: string): Promise<Locator> {
  await page.getByRole("tab", { name, exact: true }).click();
  const panel = page.getByRole("tabpanel", { name, exact: true });
  await expect(panel).not.toHaveText("Loading …");
  return panel;
}

export const probeSlider = (page: Page, axis: string): Locator => page.getByRole("slider", { name: `Probe, ${axis}`, exact: true });

/** Where the probe stands on the map, unrounded. */
export async function probePlace(page: Page, axes: readonly [string, string] = ["z₁", "z₂"]): Promise<readonly [number, number]> {
  const value = async (axis: string) => Number(await probeSlider(page, axis).inputValue());
  return [await value(axes[0]), await value(axes[1])];
}

/** Pixels of the page, of a part of the map's width from the left and of its height from below. */
export async function mapPlaces(page: Page): Promise<(across: number, up: number) => readonly [x: number, y: number]> {
  const box = (await page.getByRole("figure", { name: "Decoder grid", exact: true }).boundingBox())!;
  return (across, up) => [Math.round(box.x + box.width * across), Math.round(box.y + box.height * (1 - up))];
}

/** The mouse from place to place, its button held. */
export async function drag(page: Page, [first, ...others]: readonly (readonly [x: number, y: number])[]): Promise<void> {
  await page.mouse.move(...first!);
  await page.mouse.down();
  for (const place of others) await page.mouse.move(...place);
  await page.mouse.up();
}

/** The pixels of a picture that has a name. */
export const drawn = (within: Page | Locator, name: string): Promise<string> =>
  within
    .getByRole("img", { name, exact: true })
    .evaluate((node) => (node instanceof HTMLCanvasElement ? node : node.querySelector("canvas")!).toDataURL());

export const decoded = (page: Page): Promise<string> => drawn(page, "What the probe decodes to");

/** Does what saves a file, and reads it. */
export async function saved(
  page: Page,
  info: TestInfo,
  deed: () => Promise<void>,
): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const arrival = page.waitForEvent("download");
  await deed();
  const file = await arrival;
  const name = file.suggestedFilename();
  await file.saveAs(info.outputPath(name));
  return { name, bytes: readFileSync(info.outputPath(name)) };
}
