// One thread's share of a long sum, in 16 lanes so that 16 reads are under way: lane j takes every 4096th number from j · 256 +
// thread on. What does not fill all lanes of all threads is added last.
//
// binding  access  holds
// {{name}}     read    [count] float32, losses or kls
//
// No entry point: a snippet of finish.wgsl, once for each array of partials, of 256 threads as it says there. Judged with it.

fn shareOf{{Name}}(thread: u32) -> f32 {
//#each j 16
  var lane{{j}} = 0.0;
//#end
//#if full
  for (var base = thread; base < {{full}}u; base += 4096u) {
//#each j 16
    lane{{j}} += {{name}}[base + {{j * 256}}u];
//#end
  }
//#end
  var rest = 0.0;
  for (var i = {{full}}u + thread; i < {{count}}u; i += 256u) {
    rest += {{name}}[i];
  }
  return (((lane0 + lane1) + (lane2 + lane3)) + ((lane4 + lane5) + (lane6 + lane7)))
    + (((lane8 + lane9) + (lane10 + lane11)) + ((lane12 + lane13) + (lane14 + lane15))) + rest;
}
