/** What is stored for an adapter is used where it still holds, and measured anew where it does not. */
import { afterEach, expect, test, vi } from "vitest";
import { expectNoGpuErrors, openTestDevice } from "../../testing/gpu-bench";
import { openCompiled, type TuningStore } from "./open-compiled";
import { DEFAULT_TUNING, subgroup, type Tuning } from "./tuning-choice";

/** For a software adapter on a busy machine; nothing here waits for a clock. */
vi.setConfig({ testTimeout: 60_000 });

afterEach(() => expectNoGpuErrors());

/** Opened on a device without subgroups. */
async function openedWith(stored: unknown) {
  const device = await openTestDevice();
  const saved: Tuning[] = [];
  const tunings: TuningStore = {
    load: () => Promise.resolve(stored),
    save: (_, tuning) => {
      saved.push(tuning);
      return Promise.resolve();
    },
  };
  const { tuning } = await openCompiled({ device, info: device.adapterInfo }, { tunings });
  await expectNoGpuErrors(device);
  device.destroy();
  return { tuning, saved };
}

test("a stored tuning that trains rightly is used as it is", async () => {
  const { tuning, saved } = await openedWith(DEFAULT_TUNING);
  expect(tuning).toEqual(DEFAULT_TUNING);
  expect(saved).toEqual([]);
});

test("a stored tuning whose kernels this device does not compile is measured anew", async () => {
  const bySize = { small: subgroup(16, 1), medium: subgroup(16, 1), large: subgroup(16, 1) };
  const foreign: Tuning = { style: "registers", dense: { forward: bySize, inputGradient: bySize, weightGradient: bySize } };
  const { tuning, saved } = await openedWith(foreign);
  expect(JSON.stringify(tuning)).not.toContain("subgroups");
  expect(saved).toEqual([tuning]);
});
