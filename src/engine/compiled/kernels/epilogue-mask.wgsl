// Zeroes what stands in the padding: column c of a matrix is real where c % stride < size (`Group` of plan.ts).
//
// No bindings, no entry point: a snippet. Judged with each epilogue.

fn onlyReal(values: vec4f, column: u32) -> vec4f {
//#if hasPadding
  let place = vec4u(column % {{stride}}u) + vec4u(0u, 1u, 2u, 3u);
  return select(vec4f(), values, place < vec4u({{size}}u));
//#else
  return values;
//#end
}
