// What `conv-gather.wgsl` and `conv-spread.wgsl` compute, in the same order, for devices where invocations that share through workgroup
// memory are the faster ones: a matrix product whose left side is read out of the images as it is needed.
//
//   result[pixel, c] = Σ over k of operand[pixel + tap(k), channel(k)] · weight[tap(k), …]   (+ bias[c])
//
// Source: Chetlur et al. 2014, arXiv:1410.0759, section 3 (implicit GEMM). Judged by `convTwin` and `convGradientTwin`
// (src/testing/conv-twin.ts). k counts vec4f of the operand's channels: i, then four channels, then j.
//
// | binding        | holds                                                         |
// | operand        | images `[images][height][width][channels padded]`             |
// | parameters     | `[(i, j, n)][far padded]`, then with a bias perhaps its row   |
// | bias           | where it is a buffer of its own, `[near padded]`              |
// | the epilogue's | whatever it does with the sums                                |
//
// A workgroup makes 64 pixels × {{quads}} vec4f of channels, each invocation 4 × 1; k goes by fours, so that each invocation loads
// one vec4f of weights a round, and 8 KB are shared at most. 128 or 256 invocations: 256 are what every device has. To spread with
// stride 2 the pixels of a workgroup have the same remainders in both directions, and so the same taps.
{{bindings}}

{{epilogue}}

const QUADS = {{quads}}u;
const STRIDE = {{stride}}u;
const KERNEL = {{kernel}}u;

var<workgroup> operands: array<vec4f, 256>; // [k][pixel]
var<workgroup> weights: array<vec4f, {{weightTile}}>;

/** Row of the epilogue, or what no image has. */
fn resultRow(pixel: u32, phaseY: u32, phaseX: u32) -> u32 {
//#if spread
  let line = pixel / {{phaseWidth}}u;
  let y = line % {{phaseHeight}}u * STRIDE + (phaseY + {{shiftY}}u) % STRIDE;
  let x = pixel % {{phaseWidth}}u * STRIDE + (phaseX + {{shiftX}}u) % STRIDE;
  let isInside = pixel < {{pixels}}u && y < {{height}}u && x < {{width}}u;
  return select(0xffffffffu, (line / {{phaseHeight}}u * {{height}}u + y) * {{width}}u + x, isInside);
//#else
  return select(0xffffffffu, pixel, pixel < {{pixels}}u);
//#end
}

@compute @workgroup_size({{size}})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
//#if spread
  let phaseY = group.x % STRIDE;
  let phaseX = group.x / STRIDE % STRIDE;
  let firstQuad = group.x / (STRIDE * STRIDE) * QUADS;
  let tapsX = (KERNEL - phaseX + STRIDE - 1u) / STRIDE;
  let steps = (KERNEL - phaseY + STRIDE - 1u) / STRIDE * tapsX * {{channels4}}u;
//#else
  let phaseY = 0u;
  let phaseX = 0u;
  let firstQuad = group.x * QUADS;
  let tapsX = KERNEL;
  let steps = KERNEL * KERNEL * {{channels4}}u;
//#end
  // The pixel whose operands this invocation loads.
  let loaded = resultRow(group.y * 64u + local % 64u, phaseY, phaseX);
  let loadedY = loaded / {{width}}u % {{height}}u;
  let loadedX = loaded % {{width}}u;
  let image = loaded / {{imagePixels}}u;
//#if spread
  let top = (loadedY + {{padTop}}u - phaseY) / STRIDE;
  let left = (loadedX + {{padLeft}}u - phaseX) / STRIDE;
//#else
  let top = loadedY * STRIDE - {{padTop}}u; // unsigned: above the image is a large number
  let left = loadedX * STRIDE - {{padLeft}}u;
//#end
  let quad = local % QUADS;
  let rows = local / QUADS * 4u;
//#each r 4
  var a{{r}} = vec4f();
//#end
  for (var first = 0u; first < steps; first += 4u) {
//#each load loads
    {
      let k = local / 64u + {{load}}u * {{kPerLoad}}u;
      let step = first + k;
      let tapX = step % tapsX;
      let channel = step / tapsX % {{channels4}}u;
      let tapY = step / tapsX / {{channels4}}u;
//#if spread
      let row = top - tapY;
      let column = left - tapX;
//#else
      let row = top + tapY;
      let column = left + tapX;
//#end
      let isInside = step < steps && loaded != 0xffffffffu && row < {{operandHeight}}u && column < {{operandWidth}}u;
      let at = ((image * {{operandHeight}}u + row) * {{operandWidth}}u + column) * {{channels4}}u + channel;
      operands[k * 64u + local % 64u] = select(vec4f(), {{operand}}[at], isInside);
    }
//#end
    {
//#if spread
      // [k][near channel], each a vec4f along the far channels that are summed
      let step = first + local % 4u;
      let tap = (step / tapsX / {{channels4}}u * STRIDE + phaseY) * KERNEL + step % tapsX * STRIDE + phaseX;
      let row = tap * {{nearRows}}u + firstQuad * 4u + local / 4u;
      let at = row * {{far4}}u + step / tapsX % {{channels4}}u;
      weights[local % 4u * QUADS * 4u + local / 4u] = select(vec4f(), parameters[at], step < steps);
//#else
      // [k · 4 + lane][far channels]
      let step = first + local / QUADS / 4u;
      let tap = step / tapsX / {{channels4}}u * KERNEL + step % tapsX;
      let row = tap * {{nearRows}}u + step / tapsX % {{channels4}}u * 4u + local / QUADS % 4u;
      weights[local] = select(vec4f(), parameters[row * {{far4}}u + firstQuad + quad], step < steps);
//#end
    }
    workgroupBarrier();
//#each k 4
    {
//#each l 4
//#if spread
      let w{{l}} = weights[{{k * quads4}}u + quad * 4u + {{l}}u];
//#else
      let m{{l}} = weights[({{k * 4}}u + {{l}}u) * QUADS + quad];
//#end
//#end
//#if spread
      let m0 = vec4f(w0.x, w1.x, w2.x, w3.x);
      let m1 = vec4f(w0.y, w1.y, w2.y, w3.y);
      let m2 = vec4f(w0.z, w1.z, w2.z, w3.z);
      let m3 = vec4f(w0.w, w1.w, w2.w, w3.w);
//#end
//#each r 4
      let v{{r}} = operands[{{k * 64}}u + rows + {{r}}u];
      a{{r}} = a{{r}} + v{{r}}.x * m0 + v{{r}}.y * m1 + v{{r}}.z * m2 + v{{r}}.w * m3;
//#end
    }
//#end
    workgroupBarrier();
  }
  let column = firstQuad + quad;
  if (column >= {{columns4}}u) { return; }
//#each r 4
  {
    let row = resultRow(group.y * 64u + rows + {{r}}u, phaseY, phaseX);
    if (row != 0xffffffffu) { finish(row, column * 4u, a{{r}}{{bias}}); }
  }
//#end
}
