// End of a gradient by a layer's input: by the sum of the layer below, dyBelow = sum · activation'(y), y being that layer's output;
// sum + klScale · klShare in place of sum where the objective has β times that share of each y in it.
//
// binding  access      holds
// y        read        [rows][paddedColumns] float32, as vec4f; no binding where the layer below is linear
// state    read        struct State; where there is such a share
// dyBelow  read_write  as y
//
// No entry point: a snippet that a product's kernel calls once for each row and each four columns, in its workgroups.
// Judge: central differences of activationTwin of testing/model-twin.ts.

fn finish(row: u32, column: u32, given: vec4f) {
//#if klShare
  let sum = given + state.klScale * {{klShare}};
//#else
  let sum = given;
//#end
  let i = row * {{quads}}u + column / 4u;
//#if linear
  dyBelow[i] = onlyReal(sum, column);
//#else
  dyBelow[i] = onlyReal(sum * activationSlope(y[i]), column);
//#end
}
