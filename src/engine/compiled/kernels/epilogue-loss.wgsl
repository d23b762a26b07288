// End of the last product of the decoder: reconstruction loss, nats, of four columns, and either its gradient by the logits l (of
// the batch's mean: scale has 1 / batch in it) or the pixels. x is the image's pixel, byte / 255.
//
//   bce   max(l, 0) - l x + log(1 + e^-|l|), gradient σ(l) - x
//   mse   (activation(l) - x)², gradient 2 (activation(l) - x) · activation'(l)
//   gaussian  ½ (activation(l) - x)² / σ² + ½ log 2πσ², gradient (activation(l) - x) / σ² · activation'(l)
//
// Source: as engine/reconstruction.ts.
//
// binding  access      holds
// images   read        [images][words] u32, packed bytes
// order    read        [batch] u32, which image a row is; in training only, else row r is image r
// targets  read        [rows][paddedColumns] float32, as vec4f, in place of images and order: pixels that were drawn
// dy       read_write  in training: gradient by the logits, [rows][paddedColumns] float32, as vec4f
// y        read_write  else: the pixels after the output activation, as dy
// losses   read_write  [rows][quads] float32: of four columns each
//
// A dense layer's columns are an image's bytes; after a convolution a row is one position and its columns are that pixel's channels.
//
// No entry point: a snippet that a product's kernel calls once for each row and each four columns, in its workgroups.
// Judge: bceTwin and squaredErrorTwin of testing/model-twin.ts, the gradient by central differences of them.

//#if positions
fn byteOf(image: u32, byte: u32) -> f32 {
  return unpack4x8unorm(images[image * {{words}}u + byte / 4u])[byte % 4u];
}
//#end

fn pixelsOf(row: u32, column: u32) -> vec4f {
//#if drawn
  return targets[row * {{quads}}u + column / 4u];
//#else
//#if positions
  let image = row / {{rowsPerImage}}u;
  let first = row % {{rowsPerImage}}u * {{channels}}u + column;
  var x = vec4f();
//#each k lanes
//#if training
  x[{{k}}] = byteOf(order[image], first + {{k}}u);
//#else
  x[{{k}}] = byteOf(image, first + {{k}}u);
//#end
//#end
  return x;
//#else
//#if training
  return unpack4x8unorm(images[order[row] * {{words}}u + column / 4u]);
//#else
  return unpack4x8unorm(images[row * {{words}}u + column / 4u]);
//#end
//#end
//#end
}

fn finish(row: u32, column: u32, logits: vec4f) {
  let x = pixelsOf(row, column);
  let i = row * {{quads}}u + column / 4u;
//#if bce
  let e = exp(-abs(logits));
  let reconstruction = select(vec4f(1), e, logits < vec4f()) / (1 + e);
  let loss = max(logits, vec4f()) - logits * x + log1pUnit(e);
//#else
  let reconstruction = activate(logits);
  let difference = reconstruction - x;
//#if gaussian
  let loss = {{precision}} * 0.5 * difference * difference + {{normaliser}};
//#else
  let loss = difference * difference;
//#end
//#end
  losses[i] = dot(onlyReal(loss, column), vec4f(1));
//#if training
//#if bce
  dy[i] = onlyReal({{scale}} * (reconstruction - x), column);
//#else
//#if gaussian
  dy[i] = onlyReal({{scale}} * {{precision}} * difference * activationSlope(reconstruction), column);
//#else
  dy[i] = onlyReal({{scale}} * 2 * difference * activationSlope(reconstruction), column);
//#end
//#end
//#else
  y[i] = onlyReal(reconstruction, column);
//#end
}
