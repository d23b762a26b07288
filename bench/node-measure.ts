/** The step benchmark in Node on Dawn: processes instead of pages, otherwise as in the browser. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { serveStation, stationInProcess, STATION_ARGUMENT } from "./node-station";
import { groupsOf, readNodeOptions, type NodeOptions } from "./options";
import { isTimed, type StepRow } from "./rows";
import { measureTogether } from "./schedule";
import { failureList, figure, stepTables, torchTable } from "./tables";

/** @param self script and arguments that start this program again */
export async function measureInNode(args: string[], self: readonly [string, ...string[]]): Promise<number> {
  if (args[0] === STATION_ARGUMENT) {
    await serveStation();
    return 0;
  }
  const options = readNodeOptions(args);
  const beside = options.beside.flatMap((file) => (JSON.parse(readFileSync(file, "utf8")) as { readonly rows: StepRow[] }).rows);
  const rows = await measureGroups(options, self);
  const adapter = rows.find(isTimed)?.adapter ?? "";
  const result = { date: new Date().toISOString().slice(0, 10), node: process.version, adapter, rows };
  mkdirSync(dirname(resolve(options.out)), { recursive: true });
  writeFileSync(options.out, `${JSON.stringify(result, null, 2)}\n`);
  console.log(`\n${report([...rows, ...beside], adapter)}\n\nwritten to ${options.out}`);
  return rows.some(isTimed) ? 0 : 1;
}

async function measureGroups(options: NodeOptions, self: readonly [string, ...string[]]): Promise<StepRow[]> {
  const rows: StepRow[] = [];
  for (const group of groupsOf(options)) {
    rows.push(...(await measureTogether(group, () => Promise.resolve(stationInProcess(self)), options, printRow)));
  }
  return rows;
}

function printRow(row: StepRow): void {
  const what = isTimed(row) ? `${figure(row.msPerStep)} ms per step, ${figure(row.stepsPerSecond)} steps per second` : row.error;
  console.log(`${row.engine} ${row.backend} ${row.model} batch ${row.batch}: ${what}`);
}

function report(rows: readonly StepRow[], adapter: string): string {
  const own = rows.filter(({ backend }) => backend === "webgpu");
  const failures = failureList(rows);
  return [
    `Node ${process.version}, Dawn, ${adapter}.`,
    stepTables(own),
    ...(own.length < rows.length ? [torchTable(rows)] : []),
    ...(failures === "" ? [] : [failures]),
  ].join("\n\n");
}
