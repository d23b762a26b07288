// The three products of a dense layer, every operand straight from its buffer into registers, no workgroup memory.
//
//   forward          y[n, u]  = finish(Σ_i x[n, i] · w[i, u] + w[inputs, u])     left x, along k; right w, along columns
//   input gradient   dx[n, i] = finish(Σ_u dy[n, u] · w[i, u])                   left dy, along k; right w, along k too
//   weight gradient  dw[i, u] = update(Σ_n x[n, i] · dy[n, u]), x[n, inputs] = 1 left x, along rows; right dy, along columns
//
// Source: Rumelhart, Hinton & Williams 1986, Nature 323. Judge: `productTwin` (src/testing/product-twin.ts). Bindings: dense-operands.wgsl.
//
// One invocation makes `vectors · perVector` rows × `columns` vec4f, each result in one accumulator, k ascending, four k a round. A
// round's four products are one expression, so that a compiler without loop optimisation reads and writes an accumulator once.
//
// With subgroups four neighbouring invocations, which work on the same rows, each load a quarter of the left operand and swap: vector v of
// lane l is vector v ^ l of the block. On a software adapter a load costs as much as a dozen products, a swap hardly anything.
//
// Workgroups are small (a few invocations, four side by side along the columns) since nothing is shared in them and a small layer
// should still make enough of them; larger where the tuner has found a GPU that wants its subgroups filled.
{{enable}}
{{operands}}

@compute @workgroup_size({{threadsX}}, {{threadsY}})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) thread: vec3u) {
//#if weightGradient
  let tile = vec2u(group.x % {{tilesX}}u, group.x / {{tilesX}}u);
//#else
  let tile = group.xy;
//#end
//#if subgroups
  let lane = thread.x % 4u;
//#else
  let lane = 0u;
//#end
  let firstVector = (tile.y * {{threadsY}}u + thread.y) * {{vectors}}u;
  let firstQuad = tile.x * {{tileQuads}}u + thread.x;
//#each c columns
  let quad{{c}} = min(firstQuad + {{c * threadsX}}u, {{lastQuad}}u);
//#end
//#each q loads
  let vector{{q}} = firstVector + {{q * lanes}}u + lane;
//#if weightGradient
  let left{{q}} = min(vector{{q}}, {{lastVector}}u);
  let isBias{{q}} = vector{{q}} > {{lastVector}}u;
//#else
  let left{{q}} = leftStart(min(vector{{q}}, {{lastVector}}u));
//#end
//#end
//#each v vectors
//#each e perVector
//#each c columns
//#each z 4
  var s{{v}}_{{e}}_{{c}}_{{z}} = 0.0;
//#end
//#end
//#end
//#end

  for (var k = 0u; k < {{rounds}}u; k++) {
//#each u 4
//#if weightGradient
//#if ragged
    let n{{u}} = min(k * 4u + {{u}}u, {{lastK}}u);
//#else
    let n{{u}} = k * 4u + {{u}}u;
//#end
    let start{{u}} = leftStart(n{{u}});
//#end
//#each c columns
//#if forward
    let r{{u}}_{{c}} = parameters[(k * 4u + {{u}}u) * {{quads}}u + quad{{c}}];
//#end
//#if inputGradient
    let r{{u}}_{{c}} = parameters[(quad{{c}} * 4u + {{u}}u) * {{rounds}}u + k];
//#end
//#if weightGradient
//#if ragged
    let r{{u}}_{{c}} = select(vec4f(), dy[n{{u}} * {{quads}}u + quad{{c}}], k * 4u + {{u}}u <= {{lastK}}u);
//#else
    let r{{u}}_{{c}} = dy[n{{u}} * {{quads}}u + quad{{c}}];
//#end
//#end
//#end
//#end
//#each q loads
//#each t leftLoads
//#if weightGradient
    let l{{t}}_{{q * lanes}} = select(leftAt(start{{t}} + left{{q}}), vec4f(1, 0, 0, 0), isBias{{q}});
//#else
    let l{{t}}_{{q * lanes}} = leftAt(left{{q}} + k);
//#end
//#if subgroups
    let l{{t}}_{{q * lanes + 1}} = quadSwapX(l{{t}}_{{q * lanes}});
    let l{{t}}_{{q * lanes + 2}} = quadSwapY(l{{t}}_{{q * lanes}});
    let l{{t}}_{{q * lanes + 3}} = quadSwapDiagonal(l{{t}}_{{q * lanes}});
//#end
//#end
//#each j lanes
//#each e perVector
//#each c columns
//#each z 4
    s{{q * lanes + j}}_{{e}}_{{c}}_{{z}} = s{{q * lanes + j}}_{{e}}_{{c}}_{{z}}
//#each u 4
//#if forward
      + l0_{{q * lanes + j}}[{{u}}] * r{{u}}_{{c}}[{{z}}]
//#end
//#if inputGradient
      + l0_{{q * lanes + j}}[{{u}}] * r{{z}}_{{c}}[{{u}}]
//#end
//#if weightGradient
      + l{{u}}_{{q * lanes + j}}[{{e}}] * r{{u}}_{{c}}[{{z}}]
//#end
//#end
    ;
//#end
//#end
//#end
//#end
//#end
  }

//#if unrolled
//#each v vectors
//#each e perVector
//#each c columns
  take((firstVector + ({{v}}u ^ lane)) * {{perVector}}u + {{e}}u, firstQuad + {{c * threadsX}}u,
    vec4f(s{{v}}_{{e}}_{{c}}_0, s{{v}}_{{e}}_{{c}}_1, s{{v}}_{{e}}_{{c}}_2, s{{v}}_{{e}}_{{c}}_3));
//#end
//#end
//#end
//#else
  // One copy of the epilogue, in a loop: dozens would take the driver longer to compile than they save.
  var sums = array<vec4f, {{results}}>(
//#each v vectors
//#each e perVector
//#each c columns
    vec4f(s{{v}}_{{e}}_{{c}}_0, s{{v}}_{{e}}_{{c}}_1, s{{v}}_{{e}}_{{c}}_2, s{{v}}_{{e}}_{{c}}_3),
//#end
//#end
//#end
  );
  for (var i = 0u; i < {{results}}u; i++) {
    let vector = firstVector + ((i / {{perVectorResults}}u) ^ lane);
    take(vector * {{perVector}}u + i / {{columns}}u % {{perVector}}u, firstQuad + i % {{columns}}u * {{threadsX}}u, sums[i]);
  }
//#end
}
