// Large image from small image: a transposed convolution's forward pass, a convolution's input gradient.
//
//   large[Y, X, n] = Σ over i, j, f of small[(Y + padTop − i) / stride, (X + padLeft − j) / stride, f] · weight[i, j, n, f]   (+ bias[n])
//
// over those i and j that divide evenly. Source: Dumoulin & Visin 2016, arXiv:1603.07285, chapter 4. Judged by `convTwin` and
// `convGradientTwin` (src/testing/conv-twin.ts). The sum runs over i, then four f at a time, then j, then those f.
//
// | binding        | holds                                              |
// | operand        | small images `[images][height][width][far padded]` |
// | parameters     | `[(i, j, n)][far padded]`                          |
// | bias           | where there is one, `[near padded]`                |
// | the epilogue's | whatever it does with the sums                     |
//
// With stride 2 only every other row of the kernel meets a given row of the image: workgroups come in phases, one for each remainder of
// (Y + padTop) / stride, that go over their own i only. Along a row each pixel of the unrolled strip names its own j. Else as
// `conv-gather.wgsl`: strips of pixels that share weights, workgroups of 64 without shared memory.
{{bindings}}

{{epilogue}}

@compute @workgroup_size({{size}})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let strip = group.y * {{size}}u + local;
  if (strip >= {{strips}}u) { return; }
  let phase = group.x % {{stride}}u; // the first i that meets this row
  let column = group.x / {{stride}}u * {{columns}}u;
  let image = strip / {{stripsPerImage}}u;
  let row = strip % {{stripsPerImage}}u / {{stripsPerRow}}u * {{stride}}u + (phase + {{rowShift}}u) % {{stride}}u;
  if (row >= {{height}}u) { return; }
  let firstX = strip % {{stripsPerRow}}u * {{pixels}}u;
  let top = (row + {{padTop}}u - phase) / {{stride}}u; // row of the small image under the first i; one further up for each next
  let left = firstX / {{stride}}u;
{{inside}}
{{accumulators}}
  for (var m = 0u; m * {{stride}}u + phase < {{kernel}}u; m++) {
    let smallRow = top - m; // unsigned: above the image is a large number
    if (smallRow >= {{smallHeight}}u) { continue; }
    var at = ((image * {{smallHeight}}u + smallRow) * {{smallWidth}}u + left) * {{far4}}u;
    var weightAt = (m * {{stride}}u + phase) * {{weightsPerRow}}u + column * {{weightsPerColumn}}u;
    for (var f = 0u; f < {{far4}}u; f++) {
{{load}}
{{multiply}}
      at++;
      weightAt++;
    }
  }
  let line = (image * {{height}}u + row) * {{width}}u + firstX;
{{finish}}
}
