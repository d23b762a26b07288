// Counter-based random numbers: every number a function of (seed, stream, block, index), equal in bits to lib/threefry.ts and
// lib/random.ts but for the normals, which are equal up to float32's rounding. key = (seed, stream).
//
// Threefry-2x32 with 20 rounds. Source: Salmon, Moraes, Dror, Shaw, SC 2011, section 4.2.
// Normals: Box & Muller 1958, from a logarithm and an angle of our own, as WGSL grants log near 1 and cos only absolute errors of
// 2^-21 and 2^-11.
// Permutation: a Feistel network of 8 rounds, walked until it lands inside. Sources: Luby & Rackoff 1988; Black & Rogaway 2002, 4.
//
// No bindings, no entry point: a snippet. Judge: lib/random.ts in random.browser.test.ts.

fn mixed(x: vec2u, turn: u32) -> vec2u {
  let sum = x.x + x.y;
  return vec2u(sum, ((x.y << turn) | (x.y >> (32u - turn))) ^ sum);
}

fn evenRounds(x: vec2u) -> vec2u {
  return mixed(mixed(mixed(mixed(x, 13u), 15u), 26u), 6u);
}

fn oddRounds(x: vec2u) -> vec2u {
  return mixed(mixed(mixed(mixed(x, 17u), 29u), 16u), 24u);
}

fn threefry2x32(key: vec2u, counter: vec2u) -> vec2u {
  // Skein's parity constant makes the third word of the key.
  let third = 0x1bd11bdau ^ key.x ^ key.y;
  var x = counter + key;
  x = evenRounds(x) + vec2u(key.y, third + 1u);
  x = oddRounds(x) + vec2u(third, key.x + 2u);
  x = evenRounds(x) + vec2u(key.x, key.y + 3u);
  x = oddRounds(x) + vec2u(key.y, third + 4u);
  return evenRounds(x) + vec2u(third, key.x + 5u);
}

// In [0, 1): the upper 24 bits, exact in float32.
fn unitFromU32(word: u32) -> f32 {
  return f32(word >> 8u) * 0x1p-24;
}

// log v of a v in (0, 1]: exponent and mantissa m in [√½, √2), log m = 2 artanh((m - 1) / (m + 1)).
fn logOfUnit(v: f32) -> f32 {
  let bits = bitcast<u32>(v);
  // 0x3f3504f3 is √½: what lies below it in its octave is doubled.
  let exponent = (i32(bits) - 0x3f3504f3) >> 23u;
  let m = bitcast<f32>(bits - (bitcast<u32>(exponent) << 23u));
  let s = (m - 1) / (m + 1);
  let q = s * s;
  let series = 2 * s * (1 + q * (1.0 / 3 + q * (1.0 / 5 + q * (1.0 / 7 + q * (1.0 / 9 + q / 11)))));
  return f32(exponent) * 0.693147180559945 + series;
}

// cos and sin of 2π · unit: the nearest quarter turn is taken off exactly, Taylor series of what is left, at most π / 4.
fn turned(unit: f32) -> vec2f {
  let quarters = unit * 4;
  let nearest = round(quarters);
  let a = (quarters - nearest) * 1.5707963267948966;
  let q = a * a;
  let sine = a * (1 + q * (-1.0 / 6 + q * (1.0 / 120 + q * (-1.0 / 5040 + q / 362880))));
  let cosine = 1 + q * (-0.5 + q * (1.0 / 24 + q * (-1.0 / 720 + q * (1.0 / 40320 - q / 3628800))));
  switch u32(nearest) & 3u {
    case 1u: { return vec2f(-sine, cosine); }
    case 2u: { return vec2f(-cosine, -sine); }
    case 3u: { return vec2f(sine, -cosine); }
    default: { return vec2f(cosine, sine); }
  }
}

// Element `index` of a block of standard normals: indices 2i and 2i + 1 are one Box-Muller pair.
fn standardNormal(key: vec2u, block: u32, index: u32) -> f32 {
  let words = threefry2x32(key, vec2u(index >> 1u, block));
  let radius = sqrt(-2 * logOfUnit(1 - unitFromU32(words.x)));
  let pair = radius * turned(unitFromU32(words.y));
  return select(pair.x, pair.y, (index & 1u) == 1u);
}

// The image of `index` under a seeded permutation of 0 … count - 1. halfBits: feistelHalfBits(count) of lib/random.ts.
fn permutedIndex(key: vec2u, block: u32, count: u32, halfBits: u32, index: u32) -> u32 {
  let mask = (1u << halfBits) - 1u;
  var value = index;
  loop {
    var left = value >> halfBits;
    var right = value & mask;
    for (var round = 0u; round < 8u; round++) {
      let next = left ^ (threefry2x32(key, vec2u(right, block * 8u + round)).x & mask);
      left = right;
      right = next;
    }
    value = (left << halfBits) | right;
    if (value < count) { break; }
  }
  return value;
}
