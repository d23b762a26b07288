/** The training worker's entry: wires the worker's messages to a session. */
import type { Command } from "../protocol/messages";
import { browserPorts } from "./ports";
import { Session } from "./session";

const session = new Session(browserPorts(), (event, transfer) => self.postMessage(event, { transfer }));

self.onmessage = ({ data }: MessageEvent<Command>) => session.receive(data);
self.onerror = (event) => session.crash(event instanceof ErrorEvent ? (event.error ?? event.message) : event);
self.onunhandledrejection = ({ reason }) => session.crash(reason);
session.open();
