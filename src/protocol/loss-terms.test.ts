import { expect, test } from "vitest";
import { LOSS_TERMS, lossTermsOf } from "./loss-terms";
import { KL_MODES, MODELS } from "./run-config";

test("every family reports known terms, each once, and every term belongs to one", () => {
  const told = MODELS.flatMap((model) => KL_MODES.map((klMode) => lossTermsOf({ model, klMode })));
  for (const terms of told) expect(new Set(terms).size).toBe(terms.length);
  expect([...new Set(told.flat())].toSorted()).toEqual(LOSS_TERMS.toSorted());
});

test("a penalty is told where it is not the KL itself", () => {
  expect(lossTermsOf({ model: "vae", klMode: "plain" })).not.toContain("penalty");
  expect(lossTermsOf({ model: "vae", klMode: "free-bits" })).toContain("penalty");
  expect(lossTermsOf({ model: "ae", klMode: "capacity" })).not.toContain("penalty");
});
