import { expect, test } from "vitest";
import { numberKernel, dispatch, tinyPlan } from "../../testing/compiled-plan";
import { describePlan, planMemory } from "./describe-plan";

const plan = tinyPlan({
  training: { dispatches: [dispatch(numberKernel("double", "2 * x"), "a", "b"), dispatch(numberKernel("add", "x + y"), "b", "c")] },
});

test("a plan prints as tables in aligned columns", () => {
  expect(describePlan(plan).split("\n\n").slice(0, 3)).toEqual([
    "2 dispatches a step of 3 images; outside training 3 images at a time",
    [
      "buffer  lifetime   bytes  holds",
      "a       state         12  [3] float32",
      "b       state         12  [3] float32",
      "c       state         12  [3] float32",
      "total   state         36",
      "total   step           0",
      "total   inference      0",
      "total                 36",
    ].join("\n"),
    [
      "training",
      "   dispatch  kernel  workgroups  reads → writes",
      "1  double    double  1 × 3       a → b",
      "2  add       add     1 × 3       b → c",
    ].join("\n"),
  ]);
});

test("its memory is that of its buffers", () => {
  expect(planMemory(plan)).toBe(36);
});
