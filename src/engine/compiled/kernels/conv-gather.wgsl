// Small image from large image: a convolution's forward pass, a transposed convolution's input gradient.
//
//   small[y, x, f] = Σ over i, j, n of large[y·stride + i − padTop, x·stride + j − padLeft, n] · weight[i, j, n, f]   (+ bias[f])
//
// Source: Dumoulin & Visin 2016, arXiv:1603.07285, chapter 2. Judged by `convTwin` and `convGradientTwin` (src/testing/conv-twin.ts).
// The sum runs over i, then four n at a time, then j, then those n.
//
// | binding        | holds                                                                                      |
// | operand        | large images `[images][height][width][near padded]`, or packed bytes and perhaps the order |
// | parameters     | `[(i, j, n)][far padded]`, then with a bias its row                                        |
// | the epilogue's | whatever it does with the sums                                                             |
//
// One invocation makes a strip of neighbouring pixels of one row × a few vec4f of channels. The pixels share weights, and the taps of
// one row of the kernel share pixels: a software adapter pays for memory, hardly for registers. It also pays for every assignment, so
// that a round's terms of a sum stand in one statement. Workgroups of 64 invocations without shared memory, all of one column, so
// that they read the same weights.
{{bindings}}

{{epilogue}}
{{byteAt}}

@compute @workgroup_size({{size}})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let strip = group.y * {{size}}u + local;
  if (strip >= {{strips}}u) { return; }
  let line = strip / {{stripsPerRow}}u; // image * height + y
  let firstX = strip % {{stripsPerRow}}u * {{pixels}}u;
  let column = group.x * {{columns}}u;
  // Unsigned: what lies above or left of the image is a large number, and so fails the same comparison as what lies beyond it.
  let top = line % {{height}}u * {{stride}}u - {{padTop}}u;
  let left = firstX * {{stride}}u - {{padLeft}}u;
//#if gathered
  let image = order[line / {{height}}u];
//#else
  let image = line / {{height}}u;
//#end
{{inside}}
{{accumulators}}
  for (var i = 0u; i < {{kernel}}u; i++) {
    let row = top + i;
    if (row >= {{largeHeight}}u) { continue; }
//#if packed
    let at = row * {{largeWidth}}u + left;
//#else
    var at = ((image * {{largeHeight}}u + row) * {{largeWidth}}u + left) * {{near4}}u;
//#end
    var weightAt = i * {{weightsPerRow}}u + column;
    for (var n = 0u; n < {{near4}}u; n++) {
{{load}}
{{multiply}}
//#if packed
//#else
      at++;
//#end
      weightAt += {{weightsPerChunk}}u;
    }
  }
{{finish}}
}
