/** 导出、导入与代码。 */
export const exchange = {
  title: "把这次训练带回家",
  notYet: "训练准备好之前，还没有可以导出的内容。",
  ofStep: "取自第 {{step}} 步。所有文件都在本页面内生成，不上传任何内容。",
  weights: {
    name: "权重（.safetensors）",
    what: "全部参数，按 PyTorch 的布局和名称。",
  },
  curves: {
    name: "曲线（.csv）",
    what: "每一项损失，训练中的和留出数据上的。",
  },
  pytorch: {
    name: "PyTorch 脚本（.py）",
    what: "把这个模型写成代码：评估权重，继续训练。",
  },
  keras: {
    name: "Keras 脚本（.py）",
    what: "同样的内容，适用于 Keras 3 的任一后端。",
    gan: "Keras 没有一种在所有后端上都能交替训练两个网络的写法：生成对抗网络（GAN）请用 PyTorch 脚本。",
  },
  use: "把权重和脚本放进同一个文件夹，在其中运行下面的命令；它会打印本页显示的留出损失：",
  import: {
    title: "导入权重",
    what: "选择这个网络的 .safetensors 文件（来自本页或它的脚本），也可以拖到这里：新的训练会从它开始，步数为 0。",
    choose: "选择文件…",
    done: "权重已导入。新的训练从第 0 步开始使用它们；“重置”会回到由种子生成的权重。",
    refused: "没有采用这些权重。当前的训练保持原样。",
    more: "另有 {{number}} 处",
    elsewhere: "它们属于另一个实验，文件里写明了是哪一个。",
    open: "用这些权重打开那个实验",
  },
  problem: {
    missing: "缺少 {{name}}；应为 {{expected}}。",
    extra: "这个网络里没有 {{name}} {{given}} 的位置。",
    shape: "{{name}} 的形状是 {{given}}；应为 {{expected}}。",
    "not-finite": "{{name}} 含有无穷大或非数值；应全部为有限的数。",
    "too-large": "文件比这里的任何网络都大；最多为 512 MiB。",
    unreadable: "浏览器无法读取这个文件，它可能已被移动。请重新选择。",
  },
  malformed: {
    at: "问题出在 {{name}}。",
    truncated: "文件不完整：传输途中被截断了。",
    "header-length": "文件的开头不是 safetensors 文件的样子。",
    "header-json": "无法读取文件头：这不是 safetensors 文件，或者已损坏。",
    "duplicate-name": "文件里有一个名称出现了两次。",
    metadata: "文件的自述信息不是文字。",
    entry: "文件没有用类型、形状和位置来描述张量。",
    dtype: "这里读不了这种数值类型；应为 F32、F16 或 BF16。",
    shape: "文件给出的形状不成立。",
    offsets: "文件中的张量互相重叠、留有空隙，或没有填满文件。",
  },
};
