/** 屏幕上的每个术语，各用一句话说明；公式各语言相同，见 `formulas.ts`。 */
export const terms = {
  autoencoder: {
    title: "自编码器 (autoencoder)",
    text: "把图像压缩成一小段编码，再学着只凭这段编码重建原图的网络。",
  },
  vae: {
    title: "变分自编码器 (variational autoencoder)",
    text: "编码器给出的不是一个编码，而是编码上的一个分布，并让它靠近先验；因此从先验中抽取的编码也能解码成像样的图像。",
  },
  encoder: {
    title: "编码器 (encoder)",
    text: "网络的前一半：把图像变成潜空间中一个高斯分布的均值和对数方差（在自编码器中则直接变成一个编码）。",
  },
  decoder: {
    title: "解码器 (decoder)",
    text: "网络的后一半：把潜变量的取值还原成图像。",
  },
  latentSpace: {
    title: "潜空间 (latent space)",
    text: "所有编码构成的空间；其中每一点都能解码成一张图像，相似的图像往往彼此靠近。",
  },
  latentVariable: {
    title: "潜变量 (latent variable)",
    text: "图像背后的编码 z：它从不被观测到，在模型对图像如何产生的设想中，它由先验抽取而来。",
  },
  posterior: {
    title: "后验 (posterior)",
    text: "编码器对一张图像的回答：关于“哪些编码可能产生了它”的一个高斯分布，用来近似无法直接求得的真实后验。",
  },
  prior: {
    title: "先验 (prior)",
    text: "在看到任何图像之前对编码的假设：这里是标准高斯分布，它并不是数据的分布。",
  },
  mean: {
    title: "均值 μ (mean)",
    text: "一张图像的后验的中心；散点图画的是留出图像的均值，重构图像也由均值解码得到。",
  },
  logVar: {
    title: "对数方差 log σ² (log-variance)",
    text: "后验在每个潜维度上的方差的对数：任何实数都有效，因此编码器的最后一层是线性的。",
  },
  sigma: {
    title: "标准差 σ (standard deviation)",
    text: "为一张图像抽取的编码在每个潜维度上偏离均值的典型幅度。",
  },
  reparameterization: {
    title: "重参数化技巧 (reparameterization trick)",
    text: "把 z 写成均值加上 σ 乘以独立噪声，随机性就全部留在 ε 里，梯度便能传到均值和 σ。",
  },
  reconstruction: {
    title: "重构 (reconstruction)",
    text: "解码器由图像的编码还原出的图像；重构损失以纳特为单位衡量它与原图的差距，对像素求和，对图像取平均。",
  },
  bce: {
    title: "二元交叉熵 (binary cross-entropy)",
    text: "把每个像素看作“亮”的概率；对像素求和，并直接由 sigmoid 之前的 logit l 计算，因此既不会溢出，也不会对 0 取对数。",
  },
  mse: {
    title: "平方误差 (squared error)",
    text: "各像素差的平方之和，不带 ½：相差一个常数，它就是方差为 ½ 的高斯分布的负对数似然。",
  },
  entropyFloor: {
    title: "熵下限 (entropy floor)",
    text: "像素是灰度时，二元交叉熵到不了 0：即使完美复制，也要付出像素自身的熵。",
  },
  kl: {
    title: "KL 散度 (KL divergence)",
    text: "一张图像的后验偏离先验所付出的代价，单位是纳特：对潜维度求和，对图像取平均，永不为负。",
  },
  beta: {
    title: "β",
    text: "KL 项的权重：取 0 时只剩重构，取 1 时目标就是负的 ELBO，越大越把后验压向先验。",
  },
  objective: {
    title: "目标函数 (objective)",
    text: "优化器要降低的量，单位是每张图像的纳特数；只有当 β 为 1 时，它才等于负的 ELBO。",
  },
  elbo: {
    title: "证据下界 (ELBO)",
    text: "重构损失与 KL 之和的相反数：越高越好，与 β 无关。",
  },
  nats: {
    title: "纳特 (nat)",
    text: "取自然对数时的信息单位：1 纳特约等于 1.44 比特。",
  },
  heldOut: {
    title: "留出数据 (held-out)",
    text: "训练中从未见过的图像：它们的损失能说明网络是真的学会了，还是只记住了训练数据。",
  },
  epoch: {
    title: "轮次 (epoch)",
    text: "把训练图像按种子决定的随机顺序完整过一遍；最后不满一批的部分会被舍去。",
  },
  step: {
    title: "步 (step)",
    text: "用一批图像算出梯度，对全部权重更新一次。",
  },
  batch: {
    title: "批 (batch)",
    text: "一步之中共同取平均损失的那些图像。",
  },
  learningRate: {
    title: "学习率 η (learning rate)",
    text: "每一步沿优化器选定的方向移动权重的幅度：太小则慢，太大则发散。",
  },
  optimiser: {
    title: "优化器 (optimiser)",
    text: "把目标函数的梯度变成权重改变量的规则。",
  },
  adam: {
    title: "Adam",
    text: "沿梯度的滑动平均前进，并对每个权重用梯度平方的滑动平均来缩放（它的 β₁、β₂ 与 KL 项的 β 无关）。",
  },
  sgd: {
    title: "随机梯度下降 (SGD)",
    text: "逆着一批图像的梯度移动权重，并借助动量前进。",
  },
  momentum: {
    title: "动量 (momentum)",
    text: "上一次移动中保留到下一次的那部分：它使路径更平滑，在稳定的斜坡上走得更快。",
  },
  rmsprop: {
    title: "RMSProp",
    text: "把每个权重的梯度除以其平方的滑动平均的平方根。",
  },
  adadelta: {
    title: "Adadelta",
    text: "用以往移动量与以往梯度的大小之比来缩放每次移动；它本该在学习率为 1 时使用。",
  },
  initialiser: {
    title: "初始化方式 (initialiser)",
    text: "最初的权重如何抽取：按 PyTorch 的做法（第一式，偏置也一样）或按 Keras 的做法（第二式，偏置为 0）；优化器的小常数以及 ε 的位置也随之而定。",
  },
  seed: {
    title: "种子 (seed)",
    text: "一次运行中所有随机性的来源（初始权重、顺序、噪声）：设置、种子和后端都相同，曲线就相同。",
  },
  activation: {
    title: "激活函数 (activation)",
    text: "每个单元在加权求和之后施加的函数；没有它，再多的层叠起来也只是一个线性映射。",
  },
  outputActivation: {
    title: "输出激活函数 (output activation)",
    text: "把解码器最后给出的数 (logit) 变到像素的取值范围：sigmoid 对应 [0, 1]，tanh 对应 [−1, 1]，线性则没有界限。",
  },
  relu: {
    title: "ReLU",
    text: "正数原样通过，其余变为 0。",
  },
  lrelu: {
    title: "带泄漏的 ReLU (leaky ReLU)",
    text: "与 ReLU 相同，但负数保留百分之一的大小，单元因此不会“死掉”。",
  },
  elu: {
    title: "ELU",
    text: "正数原样通过，负数平滑地弯向 −1。",
  },
  softplus: {
    title: "Softplus",
    text: "平滑的 ReLU，恒大于 0。",
  },
  tanh: {
    title: "双曲正切 (tanh)",
    text: "把任何数压进 (−1, 1)。",
  },
  sigmoid: {
    title: "Sigmoid",
    text: "把任何数压进 (0, 1)，可看作概率。",
  },
  linear: {
    title: "线性 (linear)",
    text: "数值保持不变。",
  },
  convolution: {
    title: "卷积 (convolution)",
    text: "每个卷积核只看一个小窗口，并以同一组权重在图像各处作出响应；步长为 2 时窗口每次移动两个像素，图像的高和宽减半。",
  },
  transposedConvolution: {
    title: "转置卷积 (transposed convolution)",
    text: "反过来进行的卷积：每个数以同一组权重在较大的图像上画出一个小窗口，重叠之处相加。",
  },
  dense: {
    title: "全连接层 (dense layer)",
    text: "每个单元都接收全部输入的层：加权求和，加上偏置，再经过激活函数。",
  },
  parameters: {
    title: "参数 (parameters)",
    text: "训练所改变的全部数；全连接层中，每一对输入与单元有一个权重，每个单元有一个偏置。",
  },
  decoderGrid: {
    title: "解码网格 (decoder grid)",
    text: "由所示平面上等距的编码解码出的图像，画在散点背后各自所在的位置。",
  },
  probe: {
    title: "探针 (probe)",
    text: "由你选定的一个编码：在潜空间中拖动它，看解码器会把它变成什么。",
  },
  priorDensity: {
    title: "先验密度 (prior density)",
    text: "先验认为一个编码附近有多大可能；在二维平面上，中心处为 0.159，向外递减。",
  },
  nearestExample: {
    title: "最近的样本 (nearest example)",
    text: "后验均值离探针最近的那张留出图像，距离在整个潜空间中计算。",
  },
  posteriorEllipse: {
    title: "后验椭圆 (posterior ellipse)",
    text: "在所示平面上，与一张图像的均值相距一个标准差的编码。",
  },
  priorRings: {
    title: "先验圆环 (prior rings)",
    text: "距先验中心 1、2、3 个标准差的圆；在所示平面上，它们分别包含先验的 39 %、86 % 和 99 %。",
  },
  latentCloud: {
    title: "潜空间散点图 (latent scatter)",
    text: "每张留出图像对应一个点：其后验的均值，按图像的类别着色，而训练从不使用类别。",
  },
  backend: {
    title: "计算后端 (backend)",
    text: "由谁来做运算：通过 WebGPU 使用显卡，或通过 WebAssembly、纯 JavaScript 使用处理器。",
  },
  webgpu: {
    title: "WebGPU",
    text: "浏览器在显卡上做计算的途径：凡是提供它的地方，它都是最快的后端。",
  },
  wasm: {
    title: "WebAssembly",
    text: "由浏览器在处理器上运行的编译代码：几乎处处可用。",
  },
  cpu: {
    title: "CPU",
    text: "在处理器上运行的纯 JavaScript：慢，但总是可用。",
  },
  stepsPerSecond: {
    title: "每秒步数 (steps per second)",
    text: "在最近约一秒的训练中完成的优化步数。",
  },
  likelihood: {
    title: "似然 (likelihood)",
    text: "已知编码时，模型认为这幅图像有多可能，即 p(x | z)；重构损失是它的负对数，或代替它的量。",
  },
  bernoulli: {
    title: "伯努利似然 (Bernoulli likelihood)",
    text: "每个批次都把每个像素重新抽成黑或白，再与抽出的结果计算交叉熵：它是真正概率的对数，而灰度像素的交叉熵不是。",
  },
  binarised: {
    title: "二值化像素 (binarised pixels)",
    text: "每个灰度像素以其灰度值为概率变成白色，否则为黑色；每个批次都由种子重新抽取，编码器与损失看到同一次抽取的结果。",
  },
  gaussianLikelihood: {
    title: "高斯似然 (Gaussian likelihood)",
    text: "每个像素都是以其重构值为中心的高斯分布的一次抽取，所有像素共用一个固定的 σ。损失包含其常数项；由于密度可以大于 1，损失可以低于 0。",
  },
  denoising: {
    title: "去噪自编码器 (denoising autoencoder)",
    text: "编码器看到的是被破坏的图像，损失却与干净的原图比较：照抄不再有用，网络必须学会图像应有的样子。",
  },
  corruption: {
    title: "破坏方式 (corruption)",
    text: "对编码器所见图像的处理：高斯噪声给每个像素加上这一标准差的噪声；遮盖把这一比例的像素设为 0；椒盐噪声把这一比例的像素设为 0 或 1，各占一半。",
  },
  conditional: {
    title: "条件模型 (conditional model)",
    text: "编码器和解码器都被告知标签，编码因此不必再携带类别，解码时可以指定图像的类别。",
  },
  annealing: {
    title: "KL 退火 (KL annealing)",
    text: "β 从 0 开始上升，或沿直线一次升到位，或按周期反复上升，使解码器先学会利用编码，再受 KL 项的约束。",
  },
  freeBits: {
    title: "自由比特 (free bits)",
    text: "每个潜维度至少计 λ 纳特：低于它时该维的 KL 没有梯度，优化器把它清空也得不到好处。",
  },
  capacity: {
    title: "容量控制 (capacity control)",
    text: "让 KL 维持在目标值 C 附近，C 在训练中从 0 逐渐上升：计入损失的是批次平均 KL 与 C 的差距。",
  },
  posteriorCollapse: {
    title: "后验坍缩 (posterior collapse)",
    text: "所有图像的后验都变成了先验：编码不再包含图像的信息，KL 为 0，解码器只画得出一幅平均的图像。",
  },
  gan: {
    title: "生成对抗网络 (GAN)",
    text: "两个网络相互博弈：生成器把随机编码变成图像，判别器把它们与真实图像区分开，双方从对方的失误中学习。它没有编码器，也没有似然。",
  },
  generator: {
    title: "生成器 (generator)",
    text: "把从先验抽取的编码变成图像；它只通过判别器学习，从未见过真实图像。",
  },
  discriminator: {
    title: "判别器 (discriminator)",
    text: "给每幅图像打一个分，分数越高表示越认为它是真的；经逻辑函数后成为概率。",
  },
  nonsaturating: {
    title: "非饱和损失 (non-saturating loss)",
    text: "判别器降低交叉熵；生成器降低“自己的图像被当作真图的概率”的负对数，因此在图像很容易被识破时仍有梯度。",
  },
  hinge: {
    title: "合页损失 (hinge loss)",
    text: "要求判别器给真实图像的分数高于 1、给生成图像的分数低于 −1，已经达到的不再提供梯度；生成器则提高自己图像的得分。",
  },
  labelSmoothing: {
    title: "标签平滑 (label smoothing)",
    text: "真实图像的目标略低于完全确定，为 1 − s，使判别器不至于过分自信；生成图像的目标仍为 0。",
  },
  instanceNoise: {
    title: "实例噪声 (instance noise)",
    text: "训练时给判别器所见的每幅图像（无论真实还是生成）加上高斯噪声：两者因此有所重叠，总有东西可学。",
  },
  modeCollapse: {
    title: "模式崩塌 (mode collapse)",
    text: "生成器只画少数几种最容易过关的图像，数据的其余部分都被丢弃。",
  },
  coverage: {
    title: "覆盖度 (coverage)",
    text: "生成器覆盖了多少个类别：由一个小分类器判定，至少占生成图像百分之一的类别才算。",
  },
  iwae: {
    title: "重要性加权下界 (IWAE-k)",
    text: "为每幅图像抽取 k 个编码，按各自解释图像的好坏加权，得到 log p(x) 的一个下界。其期望随 k 上升，k = 1 时就是 ELBO。",
  },
  activeUnits: {
    title: "活跃单元 (active units)",
    text: "后验均值随图像变化的潜维度，即在留出图像上的方差大于 0.01；其余维度不含任何信息。",
  },
  aggregatePosterior: {
    title: "聚合后验 (aggregate posterior)",
    text: "所有图像的编码合在一起：它们的后验的平均。如果它与先验不同，从先验抽取的编码就会落在解码器从未训练过的地方。",
  },
  mmd: {
    title: "最大均值差异 (MMD)",
    text: "两组抽样之间的一种距离，这里比较聚合后验与先验，使用高斯核。0 表示相同；其无偏估计可能略小于 0。",
  },
  knn: {
    title: "k 近邻 (k nearest neighbours)",
    text: "以编码最近的 k 幅训练图像的多数标签来判定一幅留出图像的类别：正确率说明编码是否把各类分开。",
  },
  pca: {
    title: "主成分分析 (PCA)",
    text: "在给定维数下，按平方误差衡量的最佳线性编码：同样宽度的自编码器应当胜过它。",
  },
  deadUnit: {
    title: "死亡单元 (dead unit)",
    text: "对每幅图像都输出 0 的 ReLU 单元：梯度无法通过它，它可能再也不会恢复。",
  },
} as const;
