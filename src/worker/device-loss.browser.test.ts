/**
 * A WebGPU device that really goes away. The session runs in the page here, so that the
 * test can get at the device; all else is as in the worker.
 */
import { afterEach, beforeEach, expect, test } from "vitest";
import type { RunId, TrainerEvent } from "../protocol/messages";
import { DEFAULT_CONFIG, DEFAULT_OPTIONS } from "../protocol/run-config";
import { browserPorts } from "./ports";
import { Session } from "./session";

const RUN = 1 as RunId;
const CONFIG = {
  ...DEFAULT_CONFIG,
  encoder: [{ units: 16, activation: "relu" as const }],
  decoder: [{ units: 16, activation: "relu" as const }],
  batchSize: 16,
};
/** Software adapters take seconds for what a GPU does in a moment, shaders included. */
const PATIENCE_MS = 180_000;

// oxlint-disable-next-line typescript/unbound-method -- put back as it was
const { requestDevice } = GPUAdapter.prototype;
const devices: GPUDevice[] = [];
beforeEach(() => {
  GPUAdapter.prototype.requestDevice = async function (this: GPUAdapter, descriptor) {
    const device = await requestDevice.call(this, descriptor);
    devices.push(device);
    return device;
  };
});
afterEach(() => {
  GPUAdapter.prototype.requestDevice = requestDevice;
});

test("training goes on from the last checkpoint on a new device", { timeout: PATIENCE_MS }, async () => {
  const events: TrainerEvent[] = [];
  let wake: (() => void) | null = null;
  const session: Session = new Session(browserPorts(), (event) => {
    events.push(event);
    if (event.type === "snapshot") session.receive({ type: "acknowledge", runId: RUN, id: event.snapshot.id });
    wake?.();
  });
  const of = <Type extends TrainerEvent["type"]>(type: Type) =>
    events.filter((event): event is Extract<TrainerEvent, { readonly type: Type }> => event.type === type);
  const until = async (isMet: () => boolean) => {
    while (!isMet()) {
      const [failure] = of("failed");
      if (failure !== undefined) throw new Error(JSON.stringify(failure.failure));
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  const rows = () => of("losses").flatMap(({ columns }) => [...columns.step]);

  session.receive({
    type: "prepare",
    runId: RUN,
    config: CONFIG,
    options: { ...DEFAULT_OPTIONS, backend: "webgpu" },
    from: "start",
    cloudSize: 20,
  });
  await until(() => of("evaluated").length === 1);
  expect(of("ready")[0]!.report.backend.backend).toBe("webgpu");
  session.receive({ type: "train", runId: RUN });
  await until(() => rows().length >= 2);
  devices.at(-1)!.destroy();
  await until(() => of("recovered").length === 1);
  expect(of("recovered")[0]!.failure).toMatchObject({ kind: "device-lost", reason: "destroyed" });
  const told = rows().length;
  await until(() => rows().length > told);
  expect(rows()[told]).toBe(of("recovered")[0]!.step + 1);
  expect(of("failed")).toEqual([]);
  await session.close();
});
