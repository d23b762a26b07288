// The three products of a dense layer, operands through workgroup memory; formulas, source and judge as dense-registers.wgsl.
// Bindings: dense-operands.wgsl.
//
// A workgroup makes threadsY · rows rows × threadsX vec4f of columns: all of it loads {{depth}} k of both operands, waits, and each
// invocation adds them to its rows × 1 vec4f of accumulators, k ascending. Beyond the last k the right operand is 0, which changes no sum.
// Workgroups of 64 to 256 invocations fill a GPU's subgroups; the smaller tiles are for layers that would make too few workgroups.
{{operands}}

var<workgroup> leftTile: array<vec4f, {{leftSize}}>;
var<workgroup> rightTile: array<vec4f, {{rightSize}}>;

@compute @workgroup_size({{threadsX}}, {{threadsY}})
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_id) thread: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
//#if weightGradient
  let tile = vec2u(group.x % {{tilesX}}u, group.x / {{tilesX}}u);
//#else
  let tile = group.xy;
//#end
  let firstVector = tile.y * {{tileVectors}}u;
  let firstQuad = tile.x * {{threadsX}}u;
//#each r rows
  var s{{r}} = vec4f();
//#end

  for (var k = 0u; k < {{depthPadded}}u; k += {{depth}}u) {
    for (var i = index; i < {{leftSize}}u; i += {{threads}}u) {
//#if weightGradient
      // [k][vectors of rows]
      let n = min(k + i / {{tileVectors}}u, {{lastK}}u);
      let vector = firstVector + i % {{tileVectors}}u;
      leftTile[i] = select(leftAt(leftStart(n) + min(vector, {{lastVector}}u)), vec4f(1, 0, 0, 0), vector > {{lastVector}}u);
//#else
      // [rows][vectors of k]
      let row = min(firstVector + i / {{depthVectors}}u, {{lastVector}}u);
      leftTile[i] = leftAt(leftStart(row) + min(k / 4u + i % {{depthVectors}}u, {{lastKVector}}u));
//#end
    }
    for (var i = index; i < {{rightVectors}}u; i += {{threads}}u) {
//#if inputGradient
      // [columns][vectors of k], and one more so that neighbours lie in different banks
      let column = min(firstQuad * 4u + i / {{depthVectors}}u, {{lastColumn}}u);
      let at = k / 4u + i % {{depthVectors}}u;
      let value = parameters[column * {{kVectors}}u + min(at, {{lastKVector}}u)];
      rightTile[i / {{depthVectors}}u * {{depthVectors + 1}}u + i % {{depthVectors}}u] = select(vec4f(), value, at <= {{lastKVector}}u);
//#else
      // [k][vectors of columns]
      let at = k + i / {{threadsX}}u;
      let quad = min(firstQuad + i % {{threadsX}}u, {{lastQuad}}u);
      rightTile[i] = select(vec4f(), {{right}}[min(at, {{lastK}}u) * {{quads}}u + quad], at <= {{lastK}}u);
//#end
    }
    workgroupBarrier();
    for (var d = 0u; d < {{depthVectors}}u; d++) {
//#each u 4
//#if inputGradient
      let r{{u}} = rightTile[(thread.x * 4u + {{u}}u) * {{depthVectors + 1}}u + d];
//#else
      let r{{u}} = rightTile[(d * 4u + {{u}}u) * {{threadsX}}u + thread.x];
//#end
//#end
//#if weightGradient
//#each v vectors
//#each u 4
      let l{{u}}_{{v}} = leftTile[(d * 4u + {{u}}u) * {{tileVectors}}u + thread.y * {{vectors}}u + {{v}}u];
//#end
//#each e 4
      s{{v * 4 + e}} = s{{v * 4 + e}}
//#each u 4
        + l{{u}}_{{v}}[{{e}}] * r{{u}}
//#end
      ;
//#end
//#end
//#else
//#each v vectors
      let l{{v}} = leftTile[(thread.y * {{vectors}}u + {{v}}u) * {{depthVectors}}u + d];
      s{{v}} = s{{v}}
//#each u 4
//#if inputGradient
        + l{{v}}[{{u}}] * vec4f(r0[{{u}}], r1[{{u}}], r2[{{u}}], r3[{{u}}])
//#else
        + l{{v}}[{{u}}] * r{{u}}
//#end
//#end
      ;
//#end
//#end
    }
    workgroupBarrier();
  }
//#each r rows
  take((firstVector + thread.y * {{vectors}}u) * {{perVector}}u + {{r}}u, firstQuad + thread.x, s{{r}});
//#end
}
