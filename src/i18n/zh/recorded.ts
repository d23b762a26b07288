/** Runs that were trained beforehand. */
import type { Catalogues, SameKeys } from "../catalogues";

export const recorded: SameKeys<Catalogues["recorded"]> = {
  title: "预先训练的模型",
  short: "预先训练的模型：{{epochs}} 轮。",
  long: "预先训练的模型：由本页自己的引擎事先训练，{{epochs}} 轮，共 {{steps}} 步。",
  goOn: "从这里继续",
  startOver: "从头训练",
  choose: "预先训练的模型",
  none: "预先训练的模型…",
  runs: {
    "digits-ae": "数字，自编码器",
    "digits-vae": "数字，VAE，z = 2",
    "digits-vae-16": "数字，VAE，z = 16",
    "fashion-vae": "服饰，VAE，z = 3",
    "shapes-beta-vae": "几何图形，β-VAE，z = 6",
    "emoji-vae": "表情符号，VAE，z = 16",
    "digits-gan": "数字，GAN，z = 16",
  },
};
