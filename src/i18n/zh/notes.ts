/** 预设的来历、原文的错误，以及当前运行中测得的问题。 */
export const notes = {
  title: "说明",
};
