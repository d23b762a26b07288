// Adds up the partial sums of a gradient and hands them to the optimiser.
//
//   gradient[index] = Σ over split of partials[first + split · stride + index]
//
// in the order of the splits. Judged by `convGradientTwin` (src/testing/conv-twin.ts).
//
// | binding         | holds                                         |
// | partials        | as `conv-weights.wgsl` leaves them            |
// | the optimiser's | parameters, slots, state                      |
//
// One invocation for each vec4f of the matrix; workgroups of 64 are all that a reduction without shared memory asks for. A
// convolution's matrix ends in its bias, whose sums were split otherwise.
{{bindings}}

{{optimiser}}

@compute @workgroup_size({{size}})
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= {{count}}u) { return; }
  var sum = vec4f();
//#if withBias
  if (id.x >= {{weights4}}u) {
    for (var split = 0u; split < {{biasSplits}}u; split++) {
      sum += partials[{{biasAt}}u + split * {{bias4}}u + id.x - {{weights4}}u];
    }
    update(id.x, sum);
    return;
  }
//#end
  for (var split = 0u; split < {{splits}}u; split++) {
    sum += partials[{{first}}u + split * {{count4}}u + id.x];
  }
  update(id.x, sum);
}
