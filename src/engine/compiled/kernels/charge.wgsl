// Between the draw of a batch's codes and the gradients: what the batch is charged for its KL where that is not the KL itself, as a
// mean over the batch comes before a bend.
//
//   free-bits  penalty = Σ_j max(λ, KL_j), KL_j the batch's mean of dimension j; slope 1 where KL_j > λ, else 0
//   capacity   penalty = |Σ_j KL_j - C|, slope its sign; C = capacity · min(1, step / scheduleSteps)
//
//   charge[0] = (Σ_j KL_j, penalty, 0, 0), charge[1 + j / 4] = klScale · slope of four dimensions
//
// Sources: Kingma et al. 2016, arXiv:1606.04934, section 2.3; Burgess et al. 2018, arXiv:1804.03599, section 5; as engine/charge.ts.
//
// binding  access      holds
// klTerms  read        [batch][padded(latentDim)] float32, as vec4f: KL of each image and dimension, 0 in the padding
// state    read        struct State
// charge   read_write  [1 + padded(latentDim) / 4] vec4f
//
// One workgroup, as the sums are a few numbers; of 256, the most that every device has. Always the same order: threads take every 256th
// row, a tree adds the threads.
// Judge: float64 sums in charge.browser.test.ts.

var<workgroup> sums: array<vec4f, 256>;

// Mean over the batch of four dimensions, in all threads.
fn meanOf(thread: u32, quad: u32) -> vec4f {
  var sum = vec4f();
  for (var row = thread; row < {{batch}}u; row += 256u) {
    sum += klTerms[row * {{quads}}u + quad];
  }
  workgroupBarrier(); // the last sum has been read
  sums[thread] = sum;
  for (var half = 128u; half > 0u; half >>= 1u) {
    workgroupBarrier();
    if (thread < half) {
      sums[thread] += sums[thread + half];
    }
  }
  workgroupBarrier();
  return sums[0] / {{batch}};
}

//#if freeBits
// λ of four dimensions, 0 in the padding, whose KL of 0 then counts for nothing.
fn floorOf(quad: u32) -> vec4f {
  return onlyReal(vec4f({{threshold}}), 4u * quad);
}
//#end

@compute @workgroup_size(256)
fn main(@builtin(local_invocation_index) thread: u32) {
  var kl = vec4f();
  var penalty = vec4f();
  for (var quad = 0u; quad < {{quads}}u; quad++) {
    let mean = meanOf(thread, quad);
    kl += mean;
//#if freeBits
    let least = floorOf(quad);
    penalty += select(max(least, mean), mean, isNan(mean));
    if (thread == 0u) {
      charge[1u + quad] = select(vec4f(), vec4f(state.klScale), mean > least);
    }
//#end
  }
  if (thread == 0u) {
    let total = dot(kl, vec4f(1));
//#if freeBits
    charge[0] = vec4f(total, dot(penalty, vec4f(1)), 0, 0);
//#else
    let reached = min(1, f32(state.step) / {{scheduleSteps}});
    let excess = total - {{capacity}} * reached;
    charge[0] = vec4f(total, abs(excess), 0, 0);
    for (var quad = 0u; quad < {{quads}}u; quad++) {
      charge[1u + quad] = vec4f(state.klScale * sign(excess));
    }
//#end
  }
}
