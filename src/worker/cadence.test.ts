import { expect, test } from "vitest";
import { Cadence } from "./cadence";

test("snapshots come five times a second where they cost next to nothing", () => {
  const cadence = new Cadence();
  const at: number[] = [];
  for (let now = 0; now < 2_000; now += 10) {
    cadence.trained(10);
    if (!cadence.isSnapshotDue(now, 1_000)) continue;
    at.push(now);
    cadence.snapshotTaken(now, 1_000, 1);
  }
  expect(at).toEqual([0, 200, 400, 600, 800, 1_000, 1_200, 1_400, 1_600, 1_800]);
});

test("a snapshot that takes long is followed by a wait of six times as long", () => {
  const cadence = new Cadence();
  cadence.snapshotTaken(0, 1_000, 1_200); // 200 are savings
  let waited = 0;
  while (!cadence.isSnapshotDue(10_000 + waited, 1_000)) {
    cadence.trained(10);
    waited += 10;
  }
  expect(Math.abs(waited - 6_000)).toBeLessThanOrEqual(10); // one turn of the loop
});

test("the first steps are shown at 1, 2, 4, …, whatever the clock says, until that gets dear", () => {
  const cadence = new Cadence();
  const steps: number[] = [];
  for (let step = 1; step <= 2_000; step++) {
    cadence.trained(0.1);
    if (!cadence.isSnapshotDue(1, step)) continue;
    steps.push(step);
    cadence.snapshotTaken(1, step, 1);
  }
  expect(steps).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512]);
});

test("a slice ends where an early snapshot is due, as long as it can be paid for", () => {
  const cadence = new Cadence();
  expect(cadence.stepsToEarlySnapshot(0)).toBe(1);
  cadence.snapshotTaken(0, 0, 10);
  cadence.snapshotTaken(1, 5, 10);
  expect([5, 6, 7].map((step) => cadence.stepsToEarlySnapshot(step))).toEqual([3, 2, 1]);
  expect([7, 8].map((step) => cadence.isEarlySnapshotDue(step))).toEqual([false, true]);
  expect(cadence.stepsToEarlySnapshot(8)).toBe(Infinity); // it is due: nothing is to be reached
  cadence.snapshotTaken(2, 8, 400); // 200 are savings
  expect(cadence.stepsToEarlySnapshot(9)).toBe(Infinity);
  expect(cadence.isEarlySnapshotDue(16)).toBe(false);
  cadence.trained(6 * 300);
  expect(cadence.stepsToEarlySnapshot(9)).toBe(7);
  cadence.snapshotTaken(3, 512, 0);
  expect([cadence.stepsToEarlySnapshot(512), cadence.isEarlySnapshotDue(512)]).toEqual([Infinity, false]);
});

test("an evaluation's debt is paid from half of what is earned, so that snapshots go on", () => {
  const cadence = new Cadence();
  cadence.evaluated(0, 1_000);
  cadence.snapshotTaken(0, 1_000, 200 + 100); // savings gone, and 100 owed
  cadence.trained(1_200); // earns 200: 100 to the evaluation's debt
  expect(cadence.isEvaluationDue(10_000)).toBe(false);
  expect(cadence.isSnapshotDue(10_000, 1_000)).toBe(true);
  cadence.snapshotTaken(10_000, 1_000, 100 + 1);
  expect(cadence.isSnapshotDue(20_000, 1_000)).toBe(false);
  cadence.trained(12 * 900 + 1);
  expect(cadence.isEvaluationDue(20_000)).toBe(true);
});

test("a free evaluation still comes no more than once a second", () => {
  const cadence = new Cadence();
  expect(cadence.isEvaluationDue(0)).toBe(true);
  cadence.evaluated(0, 0);
  expect(cadence.isEvaluationDue(999)).toBe(false);
  expect(cadence.isEvaluationDue(1_000)).toBe(true);
});

test("a checkpoint comes five seconds after the start, and five after the last", () => {
  const cadence = new Cadence();
  cadence.started(100_000);
  expect([cadence.isCheckpointDue(104_999), cadence.isCheckpointDue(105_000)]).toEqual([false, true]);
  cadence.checkpointTaken(105_000, 2);
  expect([cadence.isCheckpointDue(109_999), cadence.isCheckpointDue(110_000)]).toEqual([false, true]);
});
