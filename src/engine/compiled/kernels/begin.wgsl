// Begins a step t = state.step + 1: draws which images stand in its batch, and derives its scalars.
//
//   order     as model/batch-order.ts: the first epoch file after file, later ones one shuffle of all
//   klScale   β of this step / batch; β · min(1, step / scheduleSteps), or twice the part of a cycle that is over, at most 1 (model/schedule.ts)
//   adam      rate = learningRate · √(1 - β₂ᵗ) / (1 - β₁ᵗ), epsilon = ε in Keras, ε √(1 - β₂ᵗ) in PyTorch;
//             1 - βᵗ = -expm1(t log β), log β rounded once, as 1 - float32(0.999) is off by 1e-5
//   others    rate = learningRate
//
// Sources: Kingma & Ba 2014, arXiv:1412.6980, algorithm 1 and the note before section 2.1; lib/random.ts.
//
// binding  access      holds
// state    read_write  struct State
// order    read_write  [batch] u32
//
// Workgroups of 64: a draw walks a few times through 160 rounds of integer arithmetic, which nobody else could share.
// Judges: batchIndices of model/batch-order.ts, and float64 in begin.browser.test.ts.

fn imageAt(key: vec2u, epoch: u32, position: u32) -> u32 {
  if (epoch > 0u) {
    return permutedIndex(key, epoch, {{trainSize}}u, {{trainHalfBits}}u, position);
  }
  let chunk = position / {{chunkSize}}u;
  let start = chunk * {{chunkSize}}u;
  let isLast = chunk == {{lastChunk}}u;
  let size = select({{chunkSize}}u, {{lastSize}}u, isLast);
  let halfBits = select({{chunkHalfBits}}u, {{lastHalfBits}}u, isLast);
  return start + permutedIndex(key, {{firstEpochBlock}}u + chunk, size, halfBits, position - start);
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let step = state.step;
  if (id.x < {{batchSize}}u) {
    let position = step % {{stepsPerEpoch}}u * {{batchSize}}u + id.x;
    order[id.x] = imageAt(vec2u(state.seed, {{stream}}u), step / {{stepsPerEpoch}}u, position);
  }
  if (id.x == 0u) {
//#if linear
    let annealed = state.beta * min(1, f32(step) / {{scheduleSteps}});
//#else
//#if cyclical
    let annealed = state.beta * min(1, 2 * f32(step % {{scheduleSteps}}u) / {{scheduleSteps}});
//#else
    let annealed = state.beta;
//#end
//#end
    state.klScale = annealed / {{batchSize}};
//#if adam
    let rest = -expm1(f32(step + 1u) * vec4f({{log1}}, {{log2}}, 0, 0)); // 1 - β₁ᵗ, 1 - β₂ᵗ
    let correction = sqrt(rest.y);
    state.rate = state.learningRate * correction / rest.x;
//#if keras
    state.epsilon = {{epsilon}};
//#else
    state.epsilon = {{epsilon}} * correction;
//#end
//#else
    state.rate = state.learningRate;
//#end
  }
}
