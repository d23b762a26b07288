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
// | partials | `[splits][(i, j, n)][far padded]`, then of the bias `[biasSplits][outputs padded]`                     |
//
// Few results, long sums: the sum is split at rows of the small image, so many to a split as shapes alone say. One invocation makes one
// row i of the kernel × one vec4f of near channels × a few of far ones, and slides along the rows of its split: each pixel is
// loaded once for all j. Workgroups of 64, the last ones for the bias.
{{bindings}}

//#if packed
fn byteAt(image: u32, at: u32) -> f32 { return unpack4x8unorm(images[image * {{words}}u + at / 4u] >> (8u * (at % 4u))).x; }
//#end

fn sumBias(index: u32) {
  if (index >= {{biasSums}}u) { return; }
  let column = index % {{outputs4}}u;
  let first = index / {{outputs4}}u * {{biasPixels}}u;
  var sum = vec4f();
  for (var pixel = first; pixel < min(first + {{biasPixels}}u, {{outputPixels}}u); pixel++) {
    sum += dy[pixel * {{outputs4}}u + column];
  }
  partials[{{biasAt}}u + index] = sum;
}

@compute @workgroup_size({{size}})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  if (group.x >= {{weightGroups}}u) {
    sumBias((group.x - {{weightGroups}}u) * {{size}}u + local);
    return;
  }
  let split = group.x / {{groupsPerSplit}}u;
  let tile = group.x % {{groupsPerSplit}}u * {{size}}u + local;
  if (tile >= {{tiles}}u) { return; }
  let column = tile % {{columnTiles}}u * {{columns}}u;
  let n = tile / {{columnTiles}}u % {{near4}}u;
  let i = tile / {{tilesPerRow}}u;
  let first = split * {{linesPerSplit}}u;
{{accumulators}}
  for (var line = first; line < min(first + {{linesPerSplit}}u, {{lines}}u); line++) {
    // Unsigned: what lies above or left of the image is a large number, and so fails the same comparison as what lies beyond it.
    let row = line % {{height}}u * {{stride}}u + i - {{padTop}}u;
    if (row >= {{largeHeight}}u) { continue; }
//#if packed
    let image = order[line / {{height}}u];
    let rowAt = row * {{largeWidth}}u;
//#else
    let rowAt = (line / {{height}}u * {{largeHeight}}u + row) * {{largeWidth}}u * {{near4}}u + n;
//#end
    var at = line * {{smallLine}}u + column;
    var left = 0u - {{padLeft}}u;
{{enter}}
    for (var step = 0u; step < {{width}}u; step++) {
{{load}}
{{multiply}}
{{slide}}
      left += {{stride}}u;
      at += {{far4}}u;
    }
  }
  let out = split * {{weights4}}u + (i * {{weightRowsPerTap}}u + n * 4u) * {{far4}}u + column;
{{finish}}
}
