/** 评价指标。 */
export const merit = {
  title: "评价指标",
};
