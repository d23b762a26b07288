/** The training worker's entry: wires the worker's messages to a session. */
import type { Command } from "../protocol/messages";
import { browserPorts } from "./ports";
import { Session } from "./session";

const session = new Session(browserPorts(), (event, transfer) => self.postMessage(event, { transfer }));

self.onmessage = ({ data }: MessageEvent<Command>) => session.receive(data);
// Told to the page by the session, as a failure of the run: no second time as a crash of the worker.
self.addEventListener("error", (event) => {
  event.preventDefault();
  session.crash(event.error ?? event.message);
});
self.addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  session.crash(event.reason);
});
session.open();
