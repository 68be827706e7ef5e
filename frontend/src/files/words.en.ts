export default {
  pages: '{n} pages',
}
