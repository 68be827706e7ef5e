export default {
  pages: '{n} 页',
}
