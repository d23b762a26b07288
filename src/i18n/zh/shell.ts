/** 页眉、设置、帮助，以及关于页面本身的文字。 */
export const shell = {
  title: "VAE Playground",
  documentTitle: "VAE Playground：在浏览器里训练变分自编码器",
  explain: "说明",
  close: "关闭",
  skip: "跳到主要内容",
} as const;
