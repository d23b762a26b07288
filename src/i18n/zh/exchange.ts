/** 导出、导入与代码。 */
export const exchange = {
  title: "导出",
};
