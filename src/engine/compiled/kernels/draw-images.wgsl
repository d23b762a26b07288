// Images as floats, where a network is not shown their bytes alone: pixels drawn black or white, pixels spoilt, or no more than laid out
// for a kernel that reads activations.
//
//   binarise  x ← 1 where u < x, else 0, u uniform in [0, 1)
//   gaussian  x ← x + level · ε, ε standard normal
//   masking   x ← 0 where u < level
//   salt      x ← 0 where u < level / 2, else 1 where u < level
//
// Binarised first, then spoilt. Draw number: in training block = step, number = row · pixels + pixel; of held-out images block 0,
// number = place · pixels + pixel. u is 24 bits, which black and level are compared with as whole numbers, exactly as in float64.
// Sources: Vincent et al. 2010, JMLR 11, section 3.3; Salakhutdinov & Murray 2008; as model/corruption.ts.
//
// binding  access      holds
// images   read        [images][words] u32, packed bytes
// order    read        [batch] u32, which image a row is; in training only, else row r is image r
// places   read        [rows] u32, the place of each image in the held-out set; outside training, where something is drawn
// state    read        struct State in training, else PieceState; where something is drawn
// drawn    read_write  [rows][columns] float32, as vec4f; column c is real where c % stride < size
//
// Workgroups of 64, one thread for each vec4f: Threefry's twenty rounds for each pixel are work enough.
// Judge: model/corruption.ts in draw-images.browser.test.ts.

//#if draws
fn wordOf(stream: u32, block: u32, number: u32) -> u32 {
  return threefry2x32(vec2u(state.seed, stream), vec2u(number >> 1u, block))[number & 1u];
}
//#end

// @param number of the pixel's draw
fn pixelOf(image: u32, pixel: u32, block: u32, number: u32) -> f32 {
  var x = byteAt(image, pixel);
//#if binarised
  x = select(0.0, 1.0, unitFromU32(wordOf({{binarisation}}u, block, number)) < x);
//#end
//#if gaussian
  x += {{level}} * standardNormal(vec2u(state.seed, {{corruption}}u), block, number);
//#end
//#if spots
  let u = wordOf({{corruption}}u, block, number) >> 8u;
  x = select(select(x, 1.0, u < {{white}}u), 0.0, u < {{black}}u);
//#end
  return x;
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u) {
  let i = group.y * 64u + local.x;
  if (i >= {{quadsOfAll}}u) { return; }
  let row = i / {{quads}}u;
  let column = 4u * (i % {{quads}}u);
//#if training
  let image = order[row];
  let first = row * {{pixels}}u;
//#if draws
  let block = state.step;
//#else
  let block = 0u;
//#end
//#else
  let image = row;
  let block = 0u;
//#if draws
  let first = places[row] * {{pixels}}u;
//#else
  let first = 0u;
//#end
//#end
  var x = vec4f();
//#each k 4
  if ((column + {{k}}u) % {{stride}}u < {{size}}u) {
    let pixel = (column + {{k}}u) / {{stride}}u * {{size}}u + (column + {{k}}u) % {{stride}}u;
    x[{{k}}] = pixelOf(image, pixel, block, first + pixel);
  }
//#end
  drawn[i] = x;
}
