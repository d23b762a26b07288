// What a step needs to know and no config fixes, in one small buffer, so that k identical steps need no write. Rates are written by
// the CPU, the next three by begin.wgsl from them, the step by finish.wgsl. Offsets: state.ts.
//
// No bindings, no entry point: a snippet. Judged with each kernel that reads it; sizes in snippets.test.ts.

struct State {
  // Updates done.
  step: u32,
  seed: u32,
  learningRate: f32,
  beta: f32,
  // β of this step over the batch size.
  klScale: f32,
  // The learning rate of this step with the optimiser's corrections in it.
  rate: f32,
  // Adam's ε of this step.
  epsilon: f32,
  unused: u32,
}

// The same for a piece of the passes outside training.
struct PieceState {
  seed: u32,
  unused0: u32,
  unused1: u32,
  unused2: u32,
}
