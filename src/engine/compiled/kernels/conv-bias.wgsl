// One part of the gradient by a convolution's bias.
//
//   partials[part, o] = Σ over the part's pixels of dy[pixel, o]
//
// | binding  | holds                                                              |
// | dy       | gradient by the outputs, `[images][height][width][outputs padded]` |
// | partials | from `biasAt` on `[biasSplits][outputs padded]`                    |
//
// No entry point: a snippet of conv-weights.wgsl and conv-weights-tiled.wgsl, whose last workgroups call it, one invocation for each
// part and each vec4f of outputs. Judged by `convGradientTwin` (src/testing/conv-twin.ts).

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
