/** A visitor uses the explorer's tools on recorded runs: selects points, bends a path, looks at sixteen dimensions, draws a digit. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type Locator } from "@playwright/test";
import { createDatasetLoader } from "../src/datasets/dataset-loader";
import { decoded, drag, drawn, mapPlaces, openRecorded, openTool, probePlace, probeSlider, saved } from "./explorer";
import { ON_WASM, watchConsole } from "./playground";

/** As the page writes numbers: a real minus, and thin spaces between thousands. */
const numberIn = (text: string): number => Number(text.replaceAll("−", "-").replaceAll(/\s/g, ""));

/** The labels of the held-out digits, from the files themselves. */
async function heldOutLabels(): Promise<Uint8Array> {
  const root = join(import.meta.dirname, "..", "public", "data");
  const fetch = async (url: string) => {
    const path = join(root, url.slice("http://host/data/".length));
    return existsSync(path) ? new Response(new Uint8Array(readFileSync(path))) : new Response(null, { status: 404 });
  };
  const data = await createDatasetLoader({ baseUrl: "http://host/data/", fetch }).load("mnist", { trainSize: 1 });
  await data.waitForAll();
  return data.heldOutLabels;
}

interface CsvRow {
  readonly index: number;
  readonly label: number;
  readonly z: readonly [number, number];
  readonly sigma: readonly [number, number];
  readonly loss: number;
}

function readCsv(bytes: Buffer): CsvRow[] {
  const [header, ...rows] = bytes.toString("utf8").trim().split("\r\n");
  expect(header).toBe("index,split,label,class,z1,z2,sigma1,sigma2,loss");
  return rows.map((row) => {
    const [index, split, label, name, z1, z2, sigma1, sigma2, loss] = row.split(",");
    expect([split, name]).toEqual(["held-out", label]);
    return { index: +index!, label: +label!, z: [+z1!, +z2!], sigma: [+sigma1!, +sigma2!], loss: +loss! };
  });
}

/** The class mix as the panel tells it: images by class. */
async function toldMix(panel: Locator): Promise<ReadonlyMap<number, number>> {
  const lines = await panel
    .getByRole("region", { name: "Classes" })
    .getByText(/^\d: \d+, \d+ %$/)
    .allTextContents();
  return new Map(lines.map((line) => line.match(/\d+/g)!.map(Number)).map(([label, images]) => [label!, images!]));
}

const isNear = ({ z }: CsvRow): boolean => Math.hypot(...z) <= 4;

const hasFocus = (place: Locator): Promise<boolean> => place.evaluate((node) => node === document.activeElement);

const histogram = (labels: readonly number[]): ReadonlyMap<number, number> =>
  new Map([...new Set(labels)].map((label) => [label, labels.filter((each) => each === label).length]));

test.describe("on the digits, z = 2", () => {
  // The view then stands where it is bound for: places on it can be pressed at once.
  test.use({ contextOptions: { reducedMotion: "reduce" } });

  test("a box selects what lies in it: counted, by class, as CSV; Escape lets go", async ({ page }, info) => {
    const quiet = watchConsole(page);
    await openRecorded(page, ON_WASM);
    const at = await mapPlaces(page);
    const corners = [at(0.05, 0.95), at(0.55, 0.45)] as const; // from where there is no point
    await page.mouse.click(...corners[0]);
    const [left, top] = await probePlace(page);
    await page.mouse.click(...corners[1]);
    const [right, bottom] = await probePlace(page);
    expect(right).toBeGreaterThan(left);
    expect(top).toBeGreaterThan(bottom);

    const panel = await openTool(page, "Selection");
    await expect(panel.getByText("Nothing is selected.")).toBeVisible();
    await panel.getByText("Box", { exact: true }).click();
    await drag(page, [corners[0], at(0.3, 0.6), corners[1]]);
    const count = panel.getByText(/^\d+ of 1.000 points$/);
    await expect(count).toBeVisible();
    const rows = readCsv((await saved(page, info, () => panel.getByRole("button", { name: "Save as CSV" }).click())).bytes);
    await expect(count).toHaveText(new RegExp(`^${rows.length} of `));
    expect(rows.length).toBeGreaterThan(10);

    // What the table says is so: labels are those of the data set, and the panel's mix is theirs.
    const labels = await heldOutLabels();
    expect(rows.map(({ label }) => label)).toEqual(rows.map(({ index }) => labels[index]));
    expect(await toldMix(panel)).toEqual(histogram(rows.map(({ label }) => label)));
    for (const { sigma, loss } of rows) expect(Math.min(...sigma, loss)).toBeGreaterThan(0);

    // All that lie in the box and no others, of all points within 4 of the middle.
    await panel.getByRole("slider", { name: /^Radius/ }).press("End");
    await probeSlider(page, "z₁").press("Home");
    await panel.getByRole("button", { name: "Within the radius" }).click();
    const all = readCsv((await saved(page, info, () => panel.getByRole("button", { name: "Save as CSV" }).click())).bytes);
    expect(all.length).toBeGreaterThan(900);
    const inBox = ({ z: [h, v] }: CsvRow) => h >= left && h <= right && v >= bottom && v <= top;
    expect(rows.filter(isNear).map(({ index }) => index)).toEqual(all.filter(inBox).map(({ index }) => index));
    expect(rows.every(inBox) && all.every(isNear)).toBe(true);

    await drag(page, [corners[0], at(0.3, 0.6), corners[1]]);
    await expect(count).toHaveText(new RegExp(`^${rows.length} of `));
    await page.keyboard.press("Escape");
    await expect(panel.getByText("Nothing is selected.")).toBeVisible();
    await expect(panel.getByRole("radio", { name: "Box" })).toBeChecked();
    await page.keyboard.press("Escape");
    await expect(panel.getByRole("radio", { name: "Move the probe" })).toBeChecked();
    quiet();
  });

  test("by keys alone: a class is selected, one of its images leads the probe to its code", async ({ page }) => {
    const quiet = watchConsole(page);
    await openRecorded(page, ON_WASM);
    await page.getByRole("tab", { name: "Probe" }).press("End");
    await page.keyboard.press("ArrowLeft");
    const panel = page.getByRole("tabpanel", { name: "Selection" });
    const choice = panel.getByRole("combobox", { name: "Class" });
    await expect(choice).toBeVisible();
    for (let presses = 0; presses < 5 && !(await hasFocus(choice)); presses++) await page.keyboard.press("Tab");
    await page.keyboard.press("7");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const sevens = [...(await heldOutLabels()).subarray(0, 1000)].filter((label) => label === 7).length;
    await expect(panel.getByText(new RegExp(`^${sevens} of 1.000 points$`))).toBeVisible();
    const image = panel.getByRole("button", { name: /^7, held-out image \d+: put the probe there$/ }).first();
    for (let presses = 0; presses < 30 && !(await hasFocus(image)); presses++) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await expect(probeSlider(page, "z₁")).toHaveAttribute("aria-valuetext", /nearest example: 7$/);
    expect(await probePlace(page)).not.toEqual([0, 0]);
    quiet();
  });

  test("two places pinned by keys: three paths with their lengths, the geodesic's not the longest; the film is a GIF", async ({
    page,
  }, info) => {
    const quiet = watchConsole(page);
    await openRecorded(page, ON_WASM);
    await probeSlider(page, "z₁").focus();
    for (let presses = 0; presses < 5; presses++) await page.keyboard.press("Shift+ArrowLeft");
    await page.keyboard.press("p");
    for (let presses = 0; presses < 9; presses++) await page.keyboard.press("Shift+ArrowRight");
    for (let presses = 0; presses < 4; presses++) await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("p");
    await expect.poll(() => probePlace(page)).toEqual([2, -2]);
    await page.getByRole("tab", { name: "Probe" }).press("ArrowRight");
    const panel = page.getByRole("tabpanel", { name: "Paths" });
    await expect(panel.getByRole("list", { name: "Pinned places" }).getByRole("listitem")).toHaveCount(2);
    const table = panel.getByRole("table", { name: "The paths in numbers" });
    await expect(table.getByRole("row")).toHaveCount(4);
    await expect(panel.getByRole("progressbar")).toHaveCount(0);

    const numbersOf = async (kind: string) => {
      const row = table.getByRole("row").filter({ has: page.getByRole("rowheader", { name: kind, exact: true }) });
      const [length, energy, latent] = (await row.getByRole("cell").allTextContents()).map(numberIn);
      return { length: length!, energy: energy!, latent: latent! };
    };
    const [straight, spherical, geodesic] = [await numbersOf("Straight"), await numbersOf("Spherical"), await numbersOf("Geodesic")];
    expect(straight.latent).toBeCloseTo(Math.hypot(4.5, 2), 2); // from (−2.5, 0) to (2, −2)
    expect(spherical.latent).toBeGreaterThan(straight.latent);
    expect(geodesic.latent).toBeGreaterThanOrEqual(straight.latent);
    expect(geodesic.length).toBeLessThanOrEqual(straight.length);
    expect(geodesic.energy).toBeLessThan(straight.energy);
    // By Cauchy and Schwarz, equal where the speed is even; energies are shown with three digits, hence a hundredth.
    for (const { length, energy } of [straight, spherical, geodesic]) expect(energy).toBeGreaterThan(0.99 * length ** 2);
    const [, shorter, times] = (await panel.getByText(/^Through pixel space/).textContent())!.match(
      /geodesic is (\S+) % shorter.* is (\S+) times/,
    )!;
    // From the lengths before they were rounded to a hundredth.
    expect(Math.abs(numberIn(shorter!) - 100 * (1 - geodesic.length / straight.length))).toBeLessThan(0.1);
    expect(Math.abs(numberIn(times!) - straight.energy / geodesic.energy)).toBeLessThan(0.02);
    for (const kind of ["Straight", "Spherical", "Geodesic"]) {
      await expect(panel.getByRole("list", { name: `Film strip, ${kind}` })).toBeVisible();
    }

    await panel.getByText("Take it home").click();
    const { name, bytes } = await saved(page, info, () => panel.getByRole("button", { name: "Save the film (GIF)" }).press("Enter"));
    expect(name).toMatch(/-straight\.gif$/);
    expect(bytes.subarray(0, 6).toString("latin1")).toBe("GIF89a");
    expect([bytes.readUInt16LE(6), bytes.readUInt16LE(8)]).toEqual([224, 224]);
    const frames = bytes.filter((byte, i) => byte === 0x21 && bytes[i + 1] === 0xf9 && bytes[i + 2] === 4 && bytes[i + 7] === 0);
    await expect(panel.getByText(new RegExp(`^224 × 224 pixels, ${frames.length} frames`))).toBeVisible();
    quiet();
  });

  test("a drawn stroke is framed and encoded, comes back as a picture, and can be gone to and pinned", async ({ page }) => {
    const quiet = watchConsole(page);
    await openRecorded(page, ON_WASM);
    const panel = await openTool(page, "Your hand");
    await expect(panel.getByText("Nothing drawn yet.")).toBeVisible();
    const sheet = (await panel.getByRole("img", { name: /^Drawing sheet/ }).boundingBox())!;
    const on = (across: number, down: number) => [sheet.x + sheet.width * across, sheet.y + sheet.height * down] as const;
    // A one.
    await drag(page, [on(0.56, 0.12), on(0.53, 0.35), on(0.5, 0.6), on(0.47, 0.88)]);
    await expect(panel.getByText(/^longer side to 20, \d+×20$/)).toBeVisible();
    const rebuilt = await drawn(panel, "Reconstruction");
    expect(rebuilt).not.toBe(await drawn(panel, "What it sees"));
    const place = (await panel.getByText(/^z[₁₂] = \S+ ± \S+$/).allTextContents()).map((text) => text.match(/= (\S+) ± (\S+)$/)!);
    expect(place).toHaveLength(2);
    for (const [, , sigma] of place) expect(numberIn(sigma!)).toBeGreaterThan(0);
    await expect(panel.getByRole("button", { name: /^Held-out image \d+: 1, distance/ }).first()).toBeVisible();

    await panel.getByRole("button", { name: "Put the probe there", exact: true }).click();
    const [h, v] = await probePlace(page);
    expect([h.toFixed(2), v.toFixed(2)]).toEqual(place.map(([, mean]) => numberIn(mean!).toFixed(2)));
    await panel.getByRole("button", { name: "Pin", exact: true }).click();
    await expect(panel.getByText("Pinned as 1")).toBeVisible();
    await openTool(page, "Probe");
    expect(await decoded(page)).toBe(rebuilt); // one place, one picture
    const paths = await openTool(page, "Paths");
    await expect(paths.getByText("1 your own picture")).toBeVisible();

    // Another stroke makes another picture.
    await openTool(page, "Your hand");
    await drag(page, [on(0.2, 0.5), on(0.5, 0.52), on(0.8, 0.5)]);
    await expect.poll(() => drawn(panel, "Reconstruction")).not.toBe(rebuilt);
    quiet();
  });
});

test("sixteen dimensions: sorted by what they tell, moved one by one, seen along components and as UMAP draws them", async ({ page }) => {
  const quiet = watchConsole(page);
  await openRecorded(page, `${ON_WASM}&z=16`);
  const before = await decoded(page);
  const panel = await openTool(page, "Dimensions");
  const sliders = panel.getByRole("slider", { name: /^Dimension z\S+, KL \d/ });
  await expect(sliders).toHaveCount(16);
  const kl = await sliders.evaluateAll((nodes) => nodes.map((node) => Number(/KL (\S+) nats/.exec(node.ariaLabel ?? "")![1])));
  expect(kl).toEqual(kl.toSorted((a, b) => b - a));
  await sliders.first().focus();
  for (let presses = 0; presses < 20; presses++) await page.keyboard.press("ArrowRight");
  await expect(sliders.first()).toHaveAttribute("aria-valuetext", "1.00");
  await openTool(page, "Probe");
  expect(await decoded(page)).not.toBe(before);
  await openTool(page, "Dimensions");
  await panel.getByRole("button", { name: "All to 0" }).click();
  await openTool(page, "Probe");
  expect(await decoded(page)).toBe(before);
  await openTool(page, "Dimensions");

  await panel.getByText("PCA", { exact: true }).click();
  await expect(probeSlider(page, "PC1")).toBeAttached();
  await expect(probeSlider(page, "z₁")).toHaveCount(0);
  await expect(panel.getByText(/^The two shown hold \S+ % of the variance\.$/)).toBeVisible();
  await panel.getByRole("combobox", { name: "Up" }).selectOption({ index: 2 });
  await expect(probeSlider(page, "PC3")).toBeAttached();

  await panel.getByText("UMAP", { exact: true }).click();
  await expect(probeSlider(page, "PC3")).toBeAttached(); // until there is something to draw
  await panel.getByRole("button", { name: "Draw a UMAP of 1 000 codes" }).click();
  const progress = panel.getByRole("progressbar", { name: "How far UMAP has come" });
  await expect.poll(async () => Number(await progress.getAttribute("value"))).toBeGreaterThan(0);
  await expect(probeSlider(page, "UMAP 1")).toBeAttached();
  await panel.getByRole("button", { name: "Stop" }).click();
  await expect(panel.getByText(/^Stopped after \d+ %\.$/)).toBeVisible();
  await expect(progress).toHaveCount(0);
  await expect(panel.getByRole("button", { name: /^Draw it anew/ })).toBeEnabled();
  await expect(probeSlider(page, "UMAP 1")).toBeAttached(); // what has formed stays
  await panel.getByText("Axes", { exact: true }).click();
  await expect(probeSlider(page, "z₁")).toBeAttached();
  quiet();
});
