export default {
  search: '名称、拼音首字母或代码',
  type: '输入几个字就能找到',
}
