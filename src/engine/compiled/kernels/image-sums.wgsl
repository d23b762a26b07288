// Outside training: the reconstruction loss and the KL of each image, from its partials.
//
// Four lanes of every fourth partial, then their sum: always the same order.
//
// binding      access      holds
// losses       read        [images][lossPartials] float32
// imageLosses  read_write  [images] float32
// kls          read        [images][klPartials] float32; none in a reconstruction or an autoencoder
// imageKls     read_write  as imageLosses; where there is kls
//
// Workgroups of 64, one thread for each image: hundreds of them, with a few hundred additions each, once a second.
// Judge: float64 sums in image-sums.browser.test.ts.

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u) {
  let image = group.y * 64u + local.x;
  if (image >= {{images}}u) { return; }
  var lanes = vec4f();
  let first = image * {{lossPartials}}u;
  for (var i = 0u; i + 4u <= {{lossPartials}}u; i += 4u) {
    lanes += vec4f(losses[first + i], losses[first + i + 1u], losses[first + i + 2u], losses[first + i + 3u]);
  }
  var rest = 0.0;
  for (var i = {{lossPartials}}u / 4u * 4u; i < {{lossPartials}}u; i++) {
    rest += losses[first + i];
  }
  imageLosses[image] = (lanes.x + lanes.y) + (lanes.z + lanes.w) + rest;
//#if klPartials
  var kl = 0.0;
  for (var i = 0u; i < {{klPartials}}u; i++) {
    kl += kls[image * {{klPartials}}u + i];
  }
  imageKls[image] = kl;
//#end
}
