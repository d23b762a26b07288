// Ends a step: sums the batch's loss and KL partials, writes their means where the CPU finds them, and counts the step.
//
//   metrics[step % ring] = (mean reconstruction loss, mean KL, penalty, (step + 1) mod 2^24), the penalty being the KL where none is charged
//
// Threads add their shares (finish-sum.wgsl), a tree adds the threads: always the same order, and a hundred thousand partials meet
// in chains of 24 additions and 12 levels, so that rounding stays near 1e-7 of the sum.
//
// binding  access      holds
// losses   read        [lossPartials] float32
// kls      read        [klPartials] float32; none in an autoencoder
// charge   read        KL and penalty of the batch, of charge.wgsl; in place of kls
// state    read_write  struct State
// metrics  read_write  [ring] vec4f
//
// One workgroup, as the sum is one number; of 256, the most that every device has.
// Judge: float64 sums in finish.browser.test.ts.

var<workgroup> sums: array<vec2f, 256>;

@compute @workgroup_size(256)
fn main(@builtin(local_invocation_index) thread: u32) {
//#if klPartials
  sums[thread] = vec2f(shareOfLosses(thread), shareOfKls(thread));
//#else
  sums[thread] = vec2f(shareOfLosses(thread), 0);
//#end
  for (var half = 128u; half > 0u; half >>= 1u) {
    workgroupBarrier();
    if (thread < half) {
      sums[thread] += sums[thread + half];
    }
  }
  if (thread == 0u) {
    let step = state.step;
    let means = sums[0] / {{batch}};
//#if charged
    let charges = charge[0].xy;
//#else
    let charges = means.yy;
//#end
    metrics[step % {{ring}}u] = vec4f(means.x, charges, f32((step + 1u) & 0xffffffu));
    state.step = step + 1u;
  }
}
