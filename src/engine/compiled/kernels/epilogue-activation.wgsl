// End of a forward product: y = activate(sum), sum with its bias.
//
// binding  access      holds
// y        read_write  [rows][paddedColumns] float32, as vec4f
//
// No entry point: a snippet that a product's kernel calls once for each row and each four columns, in its workgroups.
// Judge: activationTwin of testing/model-twin.ts.

fn finish(row: u32, column: u32, sum: vec4f) {
  y[row * {{quads}}u + column / 4u] = onlyReal(activate(sum), column);
}
