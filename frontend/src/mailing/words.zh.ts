export default {
  title: '消息',
  onlyUnread: '只看未读',
  readAll: '{n} 条全部标为已读',
  none: '没有消息。审核结果、邀请和提醒会出现在这里，也会寄到您的邮箱。',
  demoLetters: '演示信函',
  unread: '未读：',
  open: '去处理',
  markRead: '知道了',
}
