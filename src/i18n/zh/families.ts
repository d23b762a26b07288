/** 各类模型另有的选项：似然、KL 的用法、加噪、条件、对抗。 */
export const families = {
  title: "模型选项",
};
