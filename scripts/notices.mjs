/**
 * The licences of everything that is shipped to visitors: npm packages of the
 * production tree with the text of their licence files, and the data sets.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = new URL("..", import.meta.url).pathname;

/** @returns {string} the text of `third-party-notices.txt` */
export function thirdPartyNotices() {
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const packages = Object.entries(lock.packages)
    .filter(([path, entry]) => path.startsWith("node_modules/") && !entry.dev && !entry.devOptional && existsSync(join(root, path)))
    .map(([path, entry]) => ({ path, name: path.slice(path.lastIndexOf("node_modules/") + 13), version: entry.version }))
    .toSorted((a, b) => a.name.localeCompare(b.name, "en"));
  const seen = new Set();
  const parts = [];
  for (const { path, name, version } of packages) {
    if (seen.has(`${name}@${version}`)) continue;
    seen.add(`${name}@${version}`);
    parts.push(`${name} ${version}\n\n${licenceText(join(root, path))}`);
  }
  return (
    [`VAE Playground contains the following third-party software and data.`, ...parts, ...dataNotices()].join(`\n\n${"-".repeat(80)}\n\n`) +
    "\n"
  );
}

/** @param {string} folder */
function licenceText(folder) {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying|notice)/i.test(name));
  if (file !== undefined) return readFileSync(join(folder, file), "utf8").trim();
  const { license, author } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const by = typeof author === "string" ? author : author?.name;
  return `Licence: ${typeof license === "string" ? license : "see its package"}${by ? `\nAuthor: ${by}` : ""}`;
}

function dataNotices() {
  const data = join(root, "public/data");
  return readdirSync(data, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const { licence, attribution } = JSON.parse(readFileSync(join(data, name, "manifest.json"), "utf8"));
      const head = `Data set ${name}\n\n${attribution}\nLicence: ${[licence.name, licence.url].filter(Boolean).join(", ")}`;
      return licence.text === null ? head : `${head}\n\n${readFileSync(join(data, name, licence.text), "utf8").trim()}`;
    });
}
