/** A station in a Node process of its own, on Dawn, and how its parent talks to it. */
import { fork, type ChildProcess } from "node:child_process";
import { closeDawn, openDawn } from "../scripts/dawn.mjs";
import type { RemoteStation } from "./schedule";
import { createStation, type Opened, type Round, type StationSpec } from "./station";

type Request = { readonly type: "open"; readonly spec: StationSpec } | { readonly type: "round" };
type Answer = { readonly value: unknown } | { readonly error: string };

/** First argument of a process that is to be one. */
export const STATION_ARGUMENT = "--station";

/** The GPU's clock as it is, rather than in steps of 0.1 ms. */
const EXACT_CLOCK = "disable-dawn-features=timestamp_quantization";

/** Serves until the parent goes away or kills it. */
export async function serveStation(): Promise<void> {
  await openDawn([EXACT_CLOCK]);
  const station = createStation();
  const answer = async (request: Request): Promise<Answer> => {
    try {
      switch (request.type) {
        case "open":
          return { value: await station.open(request.spec) };
        case "round":
          return { value: await station.round() };
      }
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) };
    }
  };
  process.on("message", (request: Request) => void answer(request).then((value) => process.send!(value)));
  await new Promise<void>((resolve) => process.once("disconnect", resolve));
  closeDawn();
}

/** @param self script and arguments that, with `STATION_ARGUMENT`, start such a process */
export function stationInProcess([script, ...args]: readonly [string, ...string[]]): RemoteStation {
  const child = fork(script, [...args, STATION_ARGUMENT]);
  return {
    open: (spec) => ask<Opened>(child, { type: "open", spec }),
    round: () => ask<Round>(child, { type: "round" }),
    // Killed, as Dawn may take its time, or crash, on the way out.
    close: () => {
      child.kill("SIGKILL");
      return Promise.resolve();
    },
  };
}

/** Requests come one at a time. */
function ask<Value>(child: ChildProcess, request: Request): Promise<Value> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null, signal: string | null) => reject(new Error(`the process ended with ${code ?? signal}`));
    child.once("exit", onExit);
    child.once("message", (answer: Answer) => {
      child.off("exit", onExit);
      if ("error" in answer) reject(new Error(answer.error));
      else resolve(answer.value as Value);
    });
    child.send(request);
  });
}
