// A layer's input with a label behind it, one-hot, for the layer that is told.
//
// Numbers 0 … count - 1 are those of x, count … count + classes - 1 the label's; number n of a row stands at column
// n / size · stride + n % size in both, so that an image's padded channels stay where they are. A label too large is taken as the last.
// Source: Sohn et al. 2015, "Learning structured output representation using deep conditional generative models"; as model/forward.ts.
//
// binding  access      holds
// x        read        [rows][columns] float32, as vec4f
// labels   read        [images] u32
// order    read        [batch] u32, which image a row is; in training only, else row r is image r
// told     read_write  [rows][toldColumns] float32, as vec4f
//
// Workgroups of 64, one thread for each vec4f of told.
// Judge: a loop in tell.browser.test.ts.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u) {
  let i = group.y * 64u + local.x;
  if (i >= {{quadsOfAll}}u) { return; }
  let row = i / {{toldQuads}}u;
  let quad = i % {{toldQuads}}u;
//#if training
  let label = min(labels[order[row]], {{lastClass}}u);
//#else
  let label = min(labels[row], {{lastClass}}u);
//#end
  var given = vec4f();
  if (quad < {{quads}}u) {
    given = x[row * {{quads}}u + quad];
  }
  var numbers = vec4f();
//#each k 4
  let column{{k}} = 4u * quad + {{k}}u;
  if (column{{k}} % {{stride}}u < {{size}}u) {
    let number = column{{k}} / {{stride}}u * {{size}}u + column{{k}} % {{stride}}u;
    numbers[{{k}}] = select(select(0.0, 1.0, number == {{count}}u + label), given[{{k}}], number < {{count}}u);
  }
//#end
  told[i] = numbers;
}
