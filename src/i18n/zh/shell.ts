/** 页眉、设置、帮助，以及关于页面本身的文字。 */
export const shell = {
  title: "VAE Playground",
  documentTitle: "VAE Playground：在浏览器里训练变分自编码器",
  explain: "说明",
  close: "关闭",
  skip: "跳到主要内容",
  home: "VAE Playground 首页",
  presets: "预设",
  export: "导出",
  share: "分享",
  shared: "链接已复制",
  shareByHand: {
    title: "分享这个实验",
    text: "浏览器不允许页面自动复制。这个链接包含了整个实验：",
    field: "这个实验的链接",
  },
  otherLanguage: "EN",
  switchLanguage: "EN: switch to English",
  theme: {
    button: "主题：{{theme}}",
    light: "浅色",
    dark: "深色",
    system: "跟随系统",
  },
  notFound: {
    title: "这个地址没有内容",
    text: "页面 {{path}} 不存在。",
    back: "前往实验页面",
  },
  crash: {
    title: "页面出了点问题",
    text: "绘制页面时出错。你的实验仍保存在地址中。",
    retry: "重新绘制",
    reload: "重新加载页面",
    details: "详细信息",
  },
  helpButton: "帮助与设置",
} as const;
