// Partial sums of the gradient by the weights and the bias of a convolution or a transposed one; `conv-update.wgsl` adds them up.
//
//   d weight[i, j, n, f] = Σ over image, y, x of large[y·stride + i − padTop, x·stride + j − padLeft, n] · small[y, x, f]
//   d bias[o] = Σ over image, pixel of dy[pixel, o]
//
// Source: Dumoulin & Visin 2016, arXiv:1603.07285, chapter 4. Judged by `convGradientTwin` (src/testing/conv-twin.ts).
//
// | binding  | holds                                                                                                |
// | large    | large images `[images][height][width][near padded]`, or packed bytes and the step's order            |
// | small    | small images `[images][height][width][far padded]`; one of large and small is the gradient dy        |
// | partials | `[splits][(i, j, n)][far padded]`, then of the bias `[biasSplits][outputs padded]`                   |
//
// Few results, long sums: the sum is split at strips of neighbouring pixels of a row of the small image, so many to a split as shapes
// alone say. One invocation makes one row i of the kernel × one vec4f of near channels × a few of far ones, over the strips of its split;
// the pixels of a strip are unrolled, so that the taps j share them and the sums stay in registers. Workgroups of 64, the last ones
// for the bias.
{{bindings}}

{{byteAt}}

{{biasSum}}

@compute @workgroup_size({{size}})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  if (group.x >= {{weightGroups}}u) {
    sumBias((group.x - {{weightGroups}}u) * {{size}}u + local);
    return;
  }
  let index = group.x * {{size}}u + local;
  if (index >= {{invocations}}u) { return; }
  let split = index / {{tiles}}u;
  let tile = index % {{tiles}}u;
  let column = tile % {{columnTiles}}u * {{columns}}u;
  let n = tile / {{columnTiles}}u % {{near4}}u;
  let i = tile / {{tilesPerRow}}u;
  let first = split * {{stripsPerSplit}}u;
{{accumulators}}
  for (var strip = first; strip < min(first + {{stripsPerSplit}}u, {{strips}}u); strip++) {
    let line = strip / {{stripsPerRow}}u; // image * height + y
    // Unsigned: what lies above or left of the image is a large number, and so fails the same comparison as what lies beyond it.
    let row = line % {{height}}u * {{stride}}u + i - {{padTop}}u;
    if (row >= {{largeHeight}}u) { continue; }
    let firstX = strip % {{stripsPerRow}}u * {{pixels}}u;
    let left = firstX * {{stride}}u - {{padLeft}}u;
//#if packed
    let image = order[line / {{height}}u];
    let nearAt = row * {{largeWidth}}u + left;
//#else
    let nearAt = ((line / {{height}}u * {{largeHeight}}u + row) * {{largeWidth}}u + left) * {{near4}}u + n;
//#end
    let farAt = (line * {{width}}u + firstX) * {{far4}}u + column;
{{load}}
{{multiply}}
  }
  let out = split * {{weights4}}u + (i * {{weightRowsPerTap}}u + n * 4u) * {{far4}}u + column;
{{finish}}
}
