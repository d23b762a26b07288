// @vitest-environment jsdom
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { renderToString } from "katex";
import { afterEach, expect, test, vi } from "vitest";
import { terms } from "../i18n/en/terms";
import { FORMULAS } from "../i18n/formulas";
import { setLanguage } from "../i18n/i18n";
import { Term } from "./Term";

// jsdom has no CSS.escape, with which react-aria asks the page for its nonce.
vi.stubGlobal("CSS", { escape: (text: string) => text });

afterEach(async () => {
  cleanup();
  await setLanguage("en");
});

test.each([
  ["en", "KL divergence"],
  ["zh", "KL 散度 (KL divergence)"],
] as const)("a term explains itself by keyboard, in %s", async (language, title) => {
  await setLanguage(language);
  render(<Term id="kl">KL</Term>);
  await userEvent.tab();
  await userEvent.keyboard("{Enter}");
  // The card and the typesetter are loaded first; on a busy machine that takes longer than the usual second.
  const patience = { timeout: 4_000 };
  expect(await screen.findByRole("heading", { name: title }, patience)).toBeDefined();
  await waitFor(() => expect(document.querySelector("math")).not.toBeNull(), patience);
  expect(screen.getByRole("dialog").textContent).toContain("μ");
});

test("every formula is sound TeX, and every term has an entry", () => {
  expect(Object.keys(FORMULAS).toSorted()).toEqual(Object.keys(terms).toSorted());
  for (const tex of Object.values(FORMULAS).filter((formula) => formula !== null)) {
    expect(renderToString(tex, { output: "mathml", throwOnError: true, strict: "error" })).toContain("<math");
  }
});
