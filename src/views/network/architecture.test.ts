import { expect, test } from "vitest";
import { DEFAULT_CONFIG, isConvLayer, RANGES, type ConvLayer, type RunConfig } from "../../protocol/run-config";
import { configIssues } from "../../protocol/config-issues";
import { isMirrored, sameArchitecture } from "./architecture";
import { canAdd, canRemove, editLayers, kindsAt, mirrored, strideFits, type LayerEdit } from "./layer-edits";
import { stepCount } from "./layer-sizes";

const relu = (units: number) => ({ units, activation: "relu" as const });
const tanh = (units: number) => ({ units, activation: "tanh" as const });
const deep: RunConfig = { ...DEFAULT_CONFIG, encoder: [relu(500), tanh(100)], decoder: [tanh(100), relu(500)] };

test("the mirror image turns the order around and keeps each layer whole", () => {
  expect(mirrored(deep.encoder, [], "mnist")).toEqual(deep.decoder);
  expect(isMirrored(deep)).toBe(true);
  expect(isMirrored({ ...deep, decoder: [relu(100), relu(500)] })).toBe(false);
});

test("an edit changes one layer of one side and nothing else", () => {
  expect(editLayers(deep, "decoder", { type: "change", index: 0, layer: { units: 64 } }, false)).toEqual({
    decoder: [tanh(64), relu(500)],
  });
  expect(editLayers(deep, "encoder", { type: "remove", index: 0 }, false)).toEqual({ encoder: [tanh(100)] });
});

test("with the mirror on, the other side follows every kind of edit, from either side", () => {
  const edits = [
    { type: "add", index: 1, kind: "dense" },
    { type: "remove", index: 0 },
    { type: "change", index: 1, layer: { activation: "elu" } },
  ] as const;
  for (const side of ["encoder", "decoder"] as const) {
    for (const edit of edits) expect(isMirrored({ ...deep, ...editLayers(deep, side, edit, true) })).toBe(true);
  }
});

const dense = (index: number): LayerEdit => ({ type: "add", index, kind: "dense" });
const added = (side: "encoder" | "decoder", index: number) => editLayers(DEFAULT_CONFIG, side, dense(index), false)[side]![index];

test("a new layer lies between its neighbours and speaks their language", () => {
  expect(added("encoder", 0)).toEqual(relu(512)); // √(784 · 400) = 560
  expect(added("encoder", 1)).toEqual(relu(32)); // √(400 · 2) = 28
  expect(added("decoder", 0)).toEqual(relu(32));
  const bare = { ...DEFAULT_CONFIG, encoder: [] };
  expect(editLayers(bare, "encoder", dense(0), false)).toEqual({ encoder: [relu(32)] }); // √(784 · 2) = 40
  expect(editLayers(deep, "encoder", dense(2), false).encoder![2]!.activation).toBe("tanh");
});

test("a new layer beside one that is being typed is still a layer", () => {
  const typing = { ...DEFAULT_CONFIG, encoder: [relu(Number.NaN)] };
  expect(editLayers(typing, "encoder", dense(1), false).encoder![1]).toEqual(relu(128));
});

const step = (count: number, direction: 1 | -1) => stepCount(count, direction, RANGES.units);

test("the stepper goes up and down from any number and stays in range", () => {
  expect([step(400, 1), step(400, -1), step(401, -1), step(300, 1)]).toEqual([512, 256, 400, 400]);
  expect([step(RANGES.units.max, 1), step(RANGES.units.min, -1)]).toEqual([RANGES.units.max, RANGES.units.min]);
  expect(step(Number.NaN, 1)).toBeGreaterThan(0);
  expect([stepCount(256, 1, RANGES.filters), stepCount(Number.NaN, 1, { min: 1, max: 83 })]).toEqual([256, 83]);
});

test("weights fit only the very network they were learnt in", () => {
  expect(sameArchitecture(deep, { ...deep, encoder: [relu(500), tanh(100)] })).toBe(true);
  for (const change of [
    { data: "shapes" },
    { model: "ae" },
    { latentDim: 3 },
    { outputActivation: "tanh" },
    { encoder: [relu(500), relu(100)] },
    { decoder: [tanh(100)] },
  ] satisfies Partial<RunConfig>[]) {
    expect(sameArchitecture(deep, { ...deep, ...change })).toBe(false);
  }
});

const conv = (filters: number, stride: 1 | 2 = 2): ConvLayer => ({ filters, kernel: 3, stride, activation: "relu" });
/** Two convolutions and a dense layer, mirrored: 7 × 7 × 64 = 3,136 units make the image. */
const convs: RunConfig = {
  ...DEFAULT_CONFIG,
  encoder: [conv(32), conv(64), relu(16)],
  decoder: [relu(16), relu(3136), conv(64), conv(32)],
};

test("the mirror image of convolutions is transposed ones after the layer that makes their image", () => {
  expect(mirrored(convs.encoder, [], "mnist")).toEqual(convs.decoder);
  expect(isMirrored(convs)).toBe(true);
  expect(isMirrored({ ...convs, decoder: convs.decoder.slice(1) })).toBe(false);
  expect(mirrored([conv(32)], [], "mnist")).toEqual([relu(14 * 14 * 16), conv(32)]); // 32 channels are more than a dense layer may have
});

test("the image-making layer follows the filters after it, but not where the visitor gave it channels of its own", () => {
  const edit: LayerEdit = { type: "change", index: 1, layer: { filters: 32 } };
  expect(editLayers(convs, "encoder", edit, true).decoder).toEqual([relu(16), relu(49 * 32), conv(32), conv(32)]);
  const own = { ...convs, decoder: [relu(16), relu(49 * 10), conv(64), conv(32)] };
  expect(isMirrored(own)).toBe(true);
  expect(editLayers(own, "encoder", edit, true).decoder![1]).toEqual(relu(490));
});

test("convolutions are offered next to the image, dense layers next to the code, and never between a grid and its convolutions", () => {
  expect([0, 1].map((index) => kindsAt(DEFAULT_CONFIG, "encoder", index))).toEqual([["dense", "conv"], ["dense"]]);
  expect([0, 1].map((index) => kindsAt(DEFAULT_CONFIG, "decoder", index))).toEqual([["dense"], ["dense", "conv"]]);
  expect([0, 1, 2, 3].map((index) => kindsAt(convs, "encoder", index))).toEqual([["conv"], ["conv"], ["dense", "conv"], ["dense"]]);
  expect([0, 1, 2, 3, 4].map((index) => kindsAt(convs, "decoder", index))).toEqual([["dense"], ["dense"], ["conv"], ["conv"], ["conv"]]);
  expect(canRemove(convs, "decoder", 1)).toBe(false);
  expect([0, 2, 3].map((index) => canRemove(convs, "decoder", index))).toEqual([true, true, true]);
});

/** Every edit that is offered. */
function offered(config: RunConfig, mirror: boolean): (readonly ["encoder" | "decoder", LayerEdit])[] {
  return (["encoder", "decoder"] as const).flatMap((side) => {
    const places = config[side].map((_, index) => index);
    const additions = [...places, places.length].flatMap((index) =>
      kindsAt(config, side, index)
        .filter((kind) => canAdd(config, side, index, kind, mirror))
        .map((kind): LayerEdit => ({ type: "add", index, kind })),
    );
    const removals = places.filter((index) => canRemove(config, side, index)).map((index): LayerEdit => ({ type: "remove", index }));
    const strides = places.flatMap((index) =>
      ([1, 2] as const)
        .filter((stride) => isConvLayer(config[side][index]!) && strideFits(config, side, index, stride, mirror))
        .map((stride): LayerEdit => ({ type: "change", index, layer: { stride } })),
    );
    return [...additions, ...removals, ...strides].map((edit) => [side, edit] as const);
  });
}

test.each([true, false])("whatever is offered, three edits deep, can run (mirror: %s)", (mirror) => {
  const starts = [{ ...DEFAULT_CONFIG, encoder: [], decoder: [] }, convs];
  let tried = 0;
  const walk = (config: RunConfig, depth: number) => {
    expect(configIssues(config)).toEqual([]);
    expect(isMirrored(config) || !mirror).toBe(true);
    tried++;
    if (depth === 3) return;
    for (const [side, edit] of offered(config, mirror)) walk({ ...config, ...editLayers(config, side, edit, mirror) }, depth + 1);
  };
  for (const start of starts) walk(start, 0);
  expect(tried).toBeGreaterThan(300);
});

test("the first transposed convolution makes the dense layer before it an image; the last one takes it along from both sides", () => {
  const first: LayerEdit = { type: "add", index: 1, kind: "conv" };
  expect(editLayers(DEFAULT_CONFIG, "decoder", first, false).decoder).toEqual([relu(14 * 14 * 16), conv(32)]);
  const bare = { ...DEFAULT_CONFIG, encoder: [], decoder: [] };
  const both = { ...bare, ...editLayers(bare, "decoder", { type: "add", index: 0, kind: "conv" }, true) };
  expect([both.encoder, both.decoder]).toEqual([[conv(32)], [relu(14 * 14 * 16), conv(32)]]);
  expect(editLayers(both, "decoder", { type: "remove", index: 1 }, true)).toEqual({ encoder: [], decoder: [] });
  expect(editLayers(both, "encoder", { type: "remove", index: 0 }, true)).toEqual({ encoder: [], decoder: [] });
});

test("a further convolution has twice the filters, and stride 2 only as long as that divides the image", () => {
  expect(editLayers(convs, "encoder", { type: "add", index: 2, kind: "conv" }, true).encoder![2]).toEqual(conv(128, 1)); // 28 / 8 is no size
  expect(editLayers(convs, "encoder", { type: "add", index: 0, kind: "conv" }, true).encoder![0]).toEqual(conv(16, 1));
  expect(strideFits(convs, "decoder", 2, 2, false)).toBe(true);
  const three = { ...convs, decoder: [relu(3136), conv(64, 1), conv(64), conv(32)] };
  expect([strideFits(three, "decoder", 1, 2, false), strideFits(three, "encoder", 0, 2, false)]).toEqual([false, true]);
});

test("weights of a convolution fit only its very kernels", () => {
  const [first, ...rest] = convs.encoder;
  for (const change of [{ filters: 31 }, { kernel: 4 as const }, { stride: 1 as const }, { activation: "tanh" as const }]) {
    expect(sameArchitecture(convs, { ...convs, encoder: [{ ...(first as ConvLayer), ...change }, ...rest] })).toBe(false);
  }
  expect(sameArchitecture(convs, { ...convs, encoder: [relu(32), ...rest] })).toBe(false);
  expect(sameArchitecture(convs, structuredClone(convs))).toBe(true);
});
