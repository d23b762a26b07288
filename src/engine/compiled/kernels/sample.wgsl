// Draws a code from the encoder's posterior, and takes the posterior's distance from the prior.
//
//   z = μ + e^(½ log σ²) ε, ε drawn here; kl = ½ Σ (μ² + e^log σ² - 1 - log σ²), of four dimensions each; log σ² held in its range
//
// Without a draw (`mean`) z is μ. e^x - 1 - x is its Taylor series below a half: near the prior the difference would cancel, and
// a KL is never negative.
// Source: Kingma & Welling 2013, arXiv:1312.6114, section 2.4 and appendix B; as engine/posterior.ts.
//
// binding     access      holds
// heads       read        [rows][2 · padded(latentDim)] float32, as vec4f: μ, then log σ² as the layer gave it
// state       read        struct State in training, else PieceState; none for the mean
// places      read        in evaluation: [rows] u32, the place of each image in the held-out set
// z           read_write  [rows][padded(latentDim)] float32, as vec4f
// kls         read_write  [rows][padded(latentDim) / 4] float32; none for the mean
// klTerms     read_write  as z: in place of kls where each dimension is asked for
//
// Workgroups of 64, one thread for each vec4f of z: a row may be as narrow as one of them.
// Judges: fillNormal of lib/random.ts, klTwin of testing/model-twin.ts.

//#if draws
fn expm1MinusX(x: vec4f) -> vec4f {
  let series = x * x * (1.0 / 2 + x * (1.0 / 6 + x * (1.0 / 24 + x * (1.0 / 120 + x * (1.0 / 720 + x * (1.0 / 5040 + x / 40320))))));
  return select(exp(x) - 1 - x, series, abs(x) < vec4f(0.5));
}
//#end

@compute @workgroup_size({{threads}})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u) {
  let i = group.y * {{threads}}u + local.x;
  if (i >= {{quadsOfAll}}u) { return; }
  let row = i / {{quads}}u;
  let quad = i % {{quads}}u;
  let mu = heads[row * {{quads * 2}}u + quad];
//#if draws
  let given = heads[row * {{quads * 2}}u + {{quads}}u + quad];
  let logVar = select(select(given, vec4f({{most}}), given > vec4f({{most}})), vec4f({{least}}), given < vec4f({{least}}));
//#if training
  let key = vec2u(state.seed, {{stream}}u);
  let block = state.step;
  let first = row * {{latentDim}}u + 4u * quad;
//#else
  let key = vec2u(state.seed, {{stream}}u);
  let block = 0u;
  let first = places[row] * {{latentDim}}u + 4u * quad;
//#end
  let epsilon = vec4f(
//#each k 4
    standardNormal(key, block, first + {{k}}u),
//#end
  );
  z[i] = onlyReal(mu + exp(0.5 * logVar) * epsilon, 4u * quad);
//#if byDimension
  klTerms[i] = 0.5 * onlyReal(mu * mu + expm1MinusX(logVar), 4u * quad);
//#else
  kls[i] = 0.5 * dot(onlyReal(mu * mu + expm1MinusX(logVar), 4u * quad), vec4f(1));
//#end
//#else
  z[i] = onlyReal(mu, 4u * quad);
//#end
}
