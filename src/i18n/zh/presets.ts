/** Names and one-sentence notes of the presets, by their ids. */
export const presets = {
  "vae-plane": {
    name: "VAE 784-400-2",
    note: "潜空间为一个平面的变分自编码器：整个潜空间都能显示在屏幕上。",
  },
  "vae-20": {
    name: "VAE 784-400-20",
    note: "同一个网络，潜变量增至 20 维：数字更清晰，但潜空间只能一个截面一个截面地看。",
  },
  "ae-plane": {
    name: "自编码器 784-200-2",
    note: "编码只有两个数的普通自编码器：没有分布，也没有 KL 项，因此编码平面上难免留下空白。",
  },
  "ae-keras": {
    name: "自编码器 784-50-784（Keras）",
    note: "用一个线性层压缩成 50 个数，再用一层还原；Adadelta 采用原论文的学习率 1.0，若取 0.001 则几乎不动。",
  },
  "ae-deep": {
    name: "深层自编码器 784-128-…-4-2",
    note: "经六层压缩到两个数，使用平方误差；瓶颈如此之窄，relu 单元容易“死亡”，所以改用 leaky relu。",
  },
  "vae-deep": {
    name: "深层 VAE 784-128-…-4-2",
    note: "同样的深层主干，均值与对数方差各有自己的输出层；最初几轮只画得出一个“平均数字”，随后潜空间才展开。",
  },
  "vae-small": {
    name: "小型 VAE 784-2（TensorFlow）",
    note: "完全没有隐藏层，学到的有限；输出层是线性的，因此均值可以为负，方差也可以很小。",
  },
  "vae-conv": {
    name: "卷积 VAE（Keras）",
    note: "编码器用两层步长为 2 的卷积把图像压缩到潜空间平面，解码器用两层转置卷积还原：权重只有 784-400-2 的五分之一，乘法次数却是它的十倍。",
  },
  "vae-fashion": {
    name: "Fashion-MNIST 上的 VAE",
    note: "用 784-400-20 网络学习鞋、衬衫和包。",
  },
  "beta-vae-shapes": {
    name: "几何图形上的 β-VAE",
    note: "图形由已知的因素生成；取 β = 4，看看每个潜变量维度是否各自对应其中一个因素。",
  },
} as const;
