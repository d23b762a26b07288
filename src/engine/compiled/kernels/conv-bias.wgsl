// One part of the gradient by a convolution's bias; a piece of `conv-weights.wgsl` and `conv-weights-tiled.wgsl`.
//
//   partials[part, o] = Σ over the part's pixels of dy[pixel, o]
//
// Judged by `convGradientTwin` (src/testing/conv-twin.ts). One invocation for each part and each vec4f of outputs.
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
