// Elementary functions where WGSL's own lose digits or overflow: WGSL grants `log` an absolute error of 2^-21 near 1, where a
// well-fitted pixel's loss and a small normal's radius live, and lets `exp` of a large number be anything.
//
// expm1(x) = e^x - 1: its Taylor series below a half, as the difference cancels there.
// log1pUnit(u) = log(1 + u) = 2 artanh(u / (2 + u)), u in [0, 1]: the quotient is at most 1/3, its odd powers up to the 15th are
// below float32's rounding. Source: Abramowitz & Stegun 1964, 4.1.27 and 4.2.1.
// logistic and hyperbolicTangent pass a NaN on, which `exp`, `max` and `clamp` may lose: it is how a run that diverges is seen.
//
// No bindings, no entry point: a snippet. Judge: float64 `Math.expm1`, `Math.log1p` in activation.browser.test.ts.

fn expm1(x: vec4f) -> vec4f {
  let series = x * (1 + x * (1.0 / 2 + x * (1.0 / 6 + x * (1.0 / 24 + x * (1.0 / 120 + x * (1.0 / 720 + x * (1.0 / 5040 + x / 40320)))))));
  return select(exp(x) - 1, series, abs(x) < vec4f(0.5));
}

fn log1pUnit(u: vec4f) -> vec4f {
  let s = u / (2 + u);
  let q = s * s;
  return 2 * s * (1 + q * (1.0 / 3 + q * (1.0 / 5 + q * (1.0 / 7 + q * (1.0 / 9 + q * (1.0 / 11 + q * (1.0 / 13 + q / 15)))))));
}

// By its bits, as a compiler may take every number to equal itself.
fn isNan(x: vec4f) -> vec4<bool> {
  return (bitcast<vec4u>(x) & vec4u(0x7fffffffu)) > vec4u(0x7f800000u);
}

// 1 / (1 + e^-x), from e^-|x|, which never overflows. Some drivers' exp makes 0 of a NaN.
fn logistic(x: vec4f) -> vec4f {
  let e = exp(-abs(x));
  return select(select(vec4f(1), e, x < vec4f(0)) / (1 + e), x, isNan(x));
}

fn hyperbolicTangent(x: vec4f) -> vec4f {
  let t = expm1(-2 * abs(x));
  let size = -t / (t + 2);
  return select(select(size, -size, x < vec4f(0)), x, isNan(x));
}
