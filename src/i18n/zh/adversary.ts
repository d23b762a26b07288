/** 对抗中的 GAN，以及由点构成的数据。 */
export const adversary = {
  title: "对抗",
};
