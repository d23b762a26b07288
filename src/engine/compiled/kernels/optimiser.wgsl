// One optimiser update of four neighbouring parameters, in place. state.rate and state.epsilon are those of this step (begin.wgsl).
//
//   adam      m ← β₁ m + (1 - β₁) g, v ← β₂ v + (1 - β₂) g², w ← w - rate · m / (√v + ε): both bias corrections stand in rate and ε
//   sgd       PyTorch v ← μ v + g, w ← w - rate · v; Keras v ← μ v - rate · g, w ← w + v
//   rmsprop   s ← ρ s + (1 - ρ) g², w ← w - rate · g / (√s + ε) in PyTorch, / √(s + ε) in Keras
//   adadelta  s ← ρ s + (1 - ρ) g², u = √(d + ε) / √(s + ε) · g, d ← ρ d + (1 - ρ) u², w ← w - rate · u
//
// Sources: as in engine/optimisers.ts. A gradient of 0 in fresh slots, as in the padding, changes nothing.
//
// binding                                    access      holds
// parameters, then the slots of SLOT_NAMES   read_write  [rows][padded(columns)] float32, as vec4f
// state                                      read        struct State
//
// No entry point: a snippet that a weight gradient's kernel calls once for each vec4f, in its workgroups.
// Judge: testing/optimiser-twin.ts.

fn update(index: u32, gradient: vec4f) {
//#if adam
  let newMean = {{decay1}} * mean[index] + {{rest1}} * gradient;
  let newMeanSquare = {{decay2}} * meanSquare[index] + {{rest2}} * (gradient * gradient);
  mean[index] = newMean;
  meanSquare[index] = newMeanSquare;
  parameters[index] -= state.rate * newMean / (sqrt(newMeanSquare) + state.epsilon);
//#end
//#if sgd
//#if keras
  let newVelocity = {{momentum}} * velocity[index] - state.rate * gradient;
  parameters[index] += newVelocity;
//#else
  let newVelocity = {{momentum}} * velocity[index] + gradient;
  parameters[index] -= state.rate * newVelocity;
//#end
  velocity[index] = newVelocity;
//#end
//#if rmsprop
  let newMeanSquare = {{decay}} * meanSquare[index] + {{rest}} * (gradient * gradient);
  meanSquare[index] = newMeanSquare;
//#if keras
  parameters[index] -= state.rate * gradient / sqrt(newMeanSquare + {{epsilon}});
//#else
  parameters[index] -= state.rate * gradient / (sqrt(newMeanSquare) + {{epsilon}});
//#end
//#end
//#if adadelta
  let newMeanSquare = {{decay}} * meanSquare[index] + {{rest}} * (gradient * gradient);
  let change = sqrt(meanSquareUpdate[index] + {{epsilon}}) / sqrt(newMeanSquare + {{epsilon}}) * gradient;
  meanSquare[index] = newMeanSquare;
  meanSquareUpdate[index] = {{decay}} * meanSquareUpdate[index] + {{rest}} * (change * change);
  parameters[index] -= state.rate * change;
//#end
}
