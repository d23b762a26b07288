// What all kernels of a dense product share: bindings, the left operand, and what is done with a sum.
//
// | binding        | holds                                                                                             |
// | left           | x or dy, `[rows][padded]` float32; of packed bytes `images` `[images][words]` and perhaps `order` |
// | right          | parameters `[inputs + 1][padded(units)]`, or dy `[batch][padded(units)]`                          |
// | the epilogue's | or the optimiser's: whatever they do with the sums                                                |
//
// No entry point: a snippet of dense-registers.wgsl and dense-workgroup.wgsl. Judge: `productTwin` (src/testing/product-twin.ts).
{{bindings}}

{{epilogue}}

/** Four neighbours of the left operand. */
fn leftAt(i: u32) -> vec4f {
//#if packed
  return unpack4x8unorm(images[i]);
//#else
  return {{left}}[i];
//#end
}

/** Where row `row` of the left operand starts, in vec4f. */
fn leftStart(row: u32) -> u32 {
//#if gathered
  return order[row] * {{leftQuads}}u;
//#else
  return row * {{leftQuads}}u;
//#end
}

/** Takes a sum to where it belongs; `quad` counts vec4f of columns. A tile reaches over the edges: those sums are dropped. */
fn take(row: u32, quad: u32, sum: vec4f) {
  if (row >= {{resultRows}}u || quad >= {{quads}}u) { return; }
//#if forward
  finish(row, quad * 4u, sum + parameters[{{biasStart}}u + quad]);
//#end
//#if inputGradient
  finish(row, quad * 4u, sum);
//#end
//#if weightGradient
  update(row * {{quads}}u + quad, sum);
//#end
}
