// End of the gradient by the code z: by the encoder's two heads, of the batch's mean objective.
//
//   z = μ + σ ε,  ∂/∂μ = dz + klScale · μ,  ∂/∂log σ² = ½ (dz · (z - μ) + klScale · (e^log σ² - 1)), as z - μ = σ ε
//
// with klScale = β / batch, times the slope of what is charged where that is not the KL. Heads that are no linear layers pass their
// gradient on through their activation. Beyond the range of log σ² the clamp lets no gradient through.
// Source: Kingma & Welling 2013, arXiv:1312.6114, section 2.4 and appendix B; as engine/posterior.ts.
//
// binding  access      holds
// heads    read        [rows][2 · padded(latentDim)] float32, as vec4f: μ, then log σ² as the layer gave it
// z        read        [rows][padded(latentDim)] float32, as vec4f
// state    read        struct State
// charge   read        klScale · slope of each dimension, from its second vec4f on (charge.wgsl); in place of state
// dheads   read_write  as heads
//
// No entry point: a snippet that a product's kernel calls once for each row and each four columns, in its workgroups.
// Judge: central differences of klTwin of testing/model-twin.ts.

fn finish(row: u32, column: u32, dz: vec4f) {
  let quad = column / 4u;
  let first = row * {{quads * 2}}u + quad;
  let mu = heads[first];
  let logVar = heads[first + {{quads}}u];
//#if charged
  let klScale = charge[1u + quad];
//#else
  let klScale = state.klScale;
//#end
  let byLogVar = 0.5 * (dz * (z[row * {{quads}}u + quad] - mu) + klScale * expm1(logVar));
  let isOutside = (logVar < vec4f({{least}})) | (logVar > vec4f({{most}}));
//#if linear
  dheads[first] = onlyReal(dz + klScale * mu, column);
  dheads[first + {{quads}}u] = onlyReal(select(byLogVar, vec4f(), isOutside), column);
//#else
  dheads[first] = onlyReal((dz + klScale * mu) * activationSlope(mu), column);
  dheads[first + {{quads}}u] = onlyReal(select(byLogVar, vec4f(), isOutside) * activationSlope(logVar), column);
//#end
}
