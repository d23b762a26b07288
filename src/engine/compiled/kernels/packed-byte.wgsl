// One pixel of a packed image, byte / 255.
//
// binding  access  holds
// images   read    [images][words] u32, packed bytes
//
// No entry point: a snippet of conv-gather.wgsl and conv-weights.wgsl, whose images have as many channels as the data. Judged with them.

fn byteAt(image: u32, at: u32) -> f32 { return unpack4x8unorm(images[image * {{words}}u + at / 4u] >> (8u * (at % 4u))).x; }
