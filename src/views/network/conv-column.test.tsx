// @vitest-environment jsdom
/** The column of a network with convolutions: what it says of each layer, what it offers, and what it says is wrong. */
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { DEFAULT_CONFIG, DEFAULT_OPTIONS, type ConvLayer, type RunConfig } from "../../protocol/run-config";
import { createDraftStore } from "../../store/draft-store";
import { createExplorerStore } from "../../store/explorer-store";
import { createPreferencesStore } from "../../store/preferences-store";
import { NO_SURVEY } from "../../testing/no-survey";
import { createProbeStore } from "../../store/probe-store";
import { createRunStore } from "../../store/run-store";
import { preloadOverlays } from "../../ui/preload-overlays";
import { StoresProvider, type Stores } from "../stores";
import type { Side } from "./architecture";
import { NetworkColumn } from "./NetworkColumn";
import { useArchitecture } from "./use-architecture";

vi.mock("../../charts/use-size", () => ({ useSize: () => ({ width: 600, height: 400 }) }));
// jsdom has no CSS.escape, with which react-aria asks the page for its nonce.
vi.stubGlobal("CSS", { escape: (text: string) => text });

const conv = (filters: number, stride: 1 | 2 = 2): ConvLayer => ({ filters, kernel: 3, stride, activation: "relu" });
const relu = (units: number) => ({ units, activation: "relu" as const });
const CONVS: RunConfig = { ...DEFAULT_CONFIG, encoder: [conv(32), conv(64)], decoder: [relu(3136), conv(64), conv(32)] };
let stores: Stores;

beforeAll(preloadOverlays);
beforeEach(() => {
  stores = {
    draft: createDraftStore({ config: CONVS, options: DEFAULT_OPTIONS }),
    run: createRunStore(() => {}, { config: CONVS, options: DEFAULT_OPTIONS }),
    probe: createProbeStore(2),
    preferences: createPreferencesStore(null),
    explorer: createExplorerStore(),
    survey: NO_SURVEY,
  };
});
afterEach(cleanup);

function Column({ side }: { readonly side: Side }) {
  return <NetworkColumn side={side} architecture={useArchitecture()} selected={0} leadPx={16} />;
}

async function show(side: Side) {
  await act(async () =>
    render(
      <StoresProvider value={stores}>
        <Column side={side} />
      </StoresProvider>,
    ),
  );
}
const layers = () => screen.getAllByRole("button", { name: /coder layer \d: / }).map((button) => button.getAttribute("aria-label"));

test("each layer is named by what it is, with its maps beneath", async () => {
  await show("encoder");
  expect(layers()).toEqual([
    "Encoder layer 1: convolution, 32 filters 3×3, stride 2, images of 14×14, relu",
    "Encoder layer 2: convolution, 64 filters 3×3, stride 2, images of 7×7, relu",
  ]);
  expect(screen.getByText("32 × 14×14")).toBeTruthy();
  // 3 · 3 · 1 · 32 + 32, 3 · 3 · 32 · 64 + 64 and twice 3,136 · 2 + 2
  expect(screen.getByText(/^31\D364 parameters$/)).toBeTruthy();
  cleanup();
  await show("decoder");
  expect(layers()[0]).toMatch(/^Decoder layer 1: 3\D136 units, relu, laid out as 64 images of 7×7$/);
  expect(layers()[1]).toBe("Decoder layer 2: transposed convolution, 64 filters 3×3, stride 2, images of 14×14, relu");
});

test("the ＋ offers what may stand there and says what follows in the decoder", async () => {
  stores.draft.getState().load({ ...DEFAULT_CONFIG, encoder: [], decoder: [relu(400)] });
  await show("decoder");
  await act(async () => fireEvent.click(screen.getByRole("button", { name: "Add decoder layer 2" })));
  expect(screen.getAllByRole("menuitem")).toHaveLength(2);
  const convolution = screen.getByRole("menuitem", { name: /Transposed convolution/ });
  expect(convolution.textContent).toMatch(/32 filters 3×3, stride 2\. Decoder layer 1 becomes .* 16 × 14×14 = 3\D136 units/);
  await act(async () => fireEvent.click(convolution));
  expect(stores.draft.getState().config.decoder).toEqual([relu(3136), conv(32)]);
  // Another one makes that image smaller, which is said too.
  await act(async () => fireEvent.click(screen.getByRole("button", { name: "Add decoder layer 2" })));
  expect(screen.getByRole("menuitem").textContent).toMatch(/64 filters 3×3, stride 2\. Decoder layer 1 becomes .* 64 × 7×7 = 3\D136 units/);
});

test.each([
  [{ decoder: [relu(3136), conv(8), conv(8), conv(8)] }, "decoder", /8 times as large, which does not divide 28×28/],
  [{ decoder: [relu(100), conv(8), conv(8)] }, "decoder", /images of 7×7: a multiple of 49 units/],
  [{ decoder: [conv(8)] }, "decoder", /put a dense layer before them/],
  [{ decoder: [relu(3136), conv(8), relu(10)] }, "decoder", /Dense layers come before transposed convolutions/],
  [{ encoder: [relu(10), conv(8)] }, "encoder", /Convolutions come before dense layers/],
] as const)("what cannot be is said in words over the column: %o", async (change, side, words) => {
  await show(side);
  act(() =>
    stores.draft.getState().edit({
      ...change,
      encoder: [...("encoder" in change ? change.encoder : [])],
      decoder: [...("decoder" in change ? change.decoder : [])],
    }),
  );
  expect(screen.getByRole("alert").textContent).toMatch(words);
  expect(layers().length).toBe(stores.draft.getState().config[side].length);
});
