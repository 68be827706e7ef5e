export default {
  search: 'Name, pinyin initials or code',
  type: 'Type a few letters to find it',
}
