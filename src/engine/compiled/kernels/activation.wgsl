// One activation function and its derivative, the latter from the output alone: y = activate(x), dy/dx = activationSlope(y).
// The formulas of engine/activations.ts. Sources: leaky relu with PyTorch's slope; elu, Clevert et al. 2015, arXiv:1511.07289, α = 1.
// What is compared with 0 lets a NaN through, so that a run that diverges is seen.
//
// No bindings, no entry point: a snippet, after elementary.wgsl. Judge: activationTwin of testing/model-twin.ts.

fn activate(x: vec4f) -> vec4f {
//#if linear
  return x;
//#end
//#if relu
  return select(x, vec4f(), x < vec4f());
//#end
//#if lrelu
  return select(x, {{slope}} * x, x < vec4f());
//#end
//#if elu
  return select(x, expm1(x), x < vec4f());
//#end
//#if softplus
  return select(x, vec4f(), x < vec4f()) + log1pUnit(exp(-abs(x)));
//#end
//#if tanh
  return hyperbolicTangent(x);
//#end
//#if sigmoid
  return logistic(x);
//#end
}

fn activationSlope(y: vec4f) -> vec4f {
//#if linear
  return vec4f(1);
//#end
//#if relu
  return select(vec4f(), vec4f(1), y > vec4f());
//#end
//#if lrelu
  return select(vec4f({{slope}}), vec4f(1), y > vec4f());
//#end
//#if elu
  // 1 above 0, else e^x = y + 1.
  return 1 + min(y, vec4f());
//#end
//#if softplus
  // σ(x) = 1 - e^-y.
  return -expm1(-y);
//#end
//#if tanh
  return 1 - y * y;
//#end
//#if sigmoid
  return y * (1 - y);
//#end
}
