// The partial sums of `conv-weights.wgsl`, in the same order and the same places, for devices where invocations that share through
// workgroup memory are the faster ones: a matrix product over the pixels of a split.
//
//   d weight[(i, j, n), f] = Σ over pixel of large[pixel · stride + (i, j) − pad, n] · small[pixel, f]
//
// Source: Chetlur et al. 2014, arXiv:1410.0759, section 3 (implicit GEMM). Judged by `convGradientTwin` (src/testing/conv-twin.ts).
//
// | binding  | holds                                                                                     |
// | x, dy    | large and small images, `[images][height][width][channels padded]`, by the kind of layer  |
// | partials | as of `conv-weights.wgsl`                                                                 |
//
// A workgroup makes 16 vec4f of near channels under their taps × {{quads}} vec4f of far ones, each invocation one by one: 16 sums from two
// shared vec4f. 16 pixels a round, so that each invocation loads one vec4f of either or two, and 8 KB are shared at most.
{{bindings}}

const QUADS = {{quads}}u;

var<workgroup> nears: array<vec4f, 256>; // [pixel][tap and near channels]
var<workgroup> fars: array<vec4f, {{farTile}}>; // [pixel][far channels]

{{biasSum}}

/** The first pixel of a strip, all images' pixels counted. */
fn pixelOf(strip: u32) -> u32 {
  return strip / {{stripsPerRow}}u * {{width}}u + strip % {{stripsPerRow}}u * {{pixels}}u;
}

@compute @workgroup_size({{size}})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  if (group.x >= {{weightGroups}}u) {
    sumBias((group.x - {{weightGroups}}u) * {{size}}u + local);
    return;
  }
  let split = group.x / {{groupsPerSplit}}u;
  let firstNear = group.x % {{groupsPerSplit}}u / {{farTiles}}u * 16u;
  let firstFar = group.x % {{farTiles}}u * QUADS;
  let end = pixelOf(min((split + 1u) * {{stripsPerSplit}}u, {{strips}}u));
  // What this invocation loads of each pixel's surroundings.
  let near = firstNear + local % 16u;
  let tap = near / {{near4}}u;
//#each l 4
  var a{{l}} = vec4f();
//#end
  for (var first = pixelOf(split * {{stripsPerSplit}}u); first < end; first += 16u) {
//#each load loads
    {
      let slot = local / 16u + {{load}}u * {{slotsPerLoad}}u;
      let pixel = first + slot;
      let line = pixel / {{width}}u;
      // Unsigned: what lies above or left of the image is a large number.
      let row = line % {{height}}u * {{stride}}u + tap / {{kernel}}u - {{padTop}}u;
      let column = pixel % {{width}}u * {{stride}}u + tap % {{kernel}}u - {{padLeft}}u;
      let isInside = pixel < end && row < {{largeHeight}}u && column < {{largeWidth}}u;
      let at = ((line / {{height}}u * {{largeHeight}}u + row) * {{largeWidth}}u + column) * {{near4}}u + near % {{near4}}u;
      nears[slot * 16u + local % 16u] = select(vec4f(), {{nearName}}[at], isInside);
    }
//#end
    {
      let pixel = first + local / QUADS;
      fars[local] = select(vec4f(), {{farName}}[pixel * {{far4}}u + firstFar + local % QUADS], pixel < end);
    }
    workgroupBarrier();
//#each k 16
    {
      let n = nears[{{k * 16}}u + local / QUADS];
      let f = fars[{{k}}u * QUADS + local % QUADS];
      a0 += n.x * f;
      a1 += n.y * f;
      a2 += n.z * f;
      a3 += n.w * f;
    }
//#end
    workgroupBarrier();
  }
  let group4 = firstNear + local / QUADS;
  let far = firstFar + local % QUADS;
  if (group4 >= {{nearGroups}}u || far >= {{far4}}u) { return; }
  // Rows (tap, near channel) with near channels in whole fours: four rows for each group.
  let out = split * {{weights4}}u + group4 * 4u * {{far4}}u + far;
//#each l 4
  partials[out + {{l * far4}}u] = a{{l}};
//#end
}
