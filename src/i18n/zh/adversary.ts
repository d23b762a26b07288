/** 对抗中的 GAN，以及由点构成的数据。 */
export const adversary = {
  title: "对抗",
  waiting: "模型的第一个快照到达后，得分会显示在这里。",
  scores: "判别器的得分",
  scoreAxis: "为真的概率",
  real: "真实",
  generated: "生成",
  realMean: "真实，平均 {{mean}}",
  fakeMean: "生成，平均 {{mean}}",
  scoresSummary:
    "判别器认为 {{real}} 幅真实的留出图像为真的概率平均为 {{realMean}}，{{fake}} 幅生成图像平均为 {{fakeMean}}。等于二分之一时它无法分辨。",
  scoresTable: "各得分区间的图像数",
  coverage: "生成图像中的类别",
  covered: "覆盖 {{classes}} 类中的 {{covered}} 类",
  coveredOf: "每类不少于 {{draws}} 个采样的 {{least}}",
  classCount: "{{name}}：{{number}}",
  classifier: "类别由一个小分类器判定，它对留出图像的正确率为 {{accuracy}}。",
} as const;
