// Of an autoencoder that is taught a mistake: what it calls its KL, of four numbers of a code each.
//
//   detached-kl  ½ Σ z²
//   code-mean    Σ z / latentDim
//
// As engine/charge.ts.
//
// binding  access      holds
// heads    read        [rows][padded(latentDim)] float32, as vec4f: the code
// kls      read_write  [rows][padded(latentDim) / 4] float32
//
// Workgroups of 64, one thread for each vec4f of the code, as sample.wgsl.
// Judge: float64 in code-charge.browser.test.ts.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u) {
  let i = group.y * 64u + local.x;
  if (i >= {{quadsOfAll}}u) { return; }
  let z = onlyReal(heads[i], 4u * (i % {{quads}}u));
//#if codeMean
  kls[i] = dot(z, vec4f(1)) / {{latentDim}};
//#else
  kls[i] = 0.5 * dot(z, z);
//#end
}
