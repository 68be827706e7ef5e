export default {
  title: 'Notices',
  onlyUnread: 'Only unread',
  readAll: 'Mark all {n} as read',
  none: 'No notices. Answers of reviewers, invitations and reminders come here, and to your mailbox.',
  demoLetters: 'Letters of the demo',
  unread: 'Unread: ',
  open: 'Go to it',
  markRead: 'Got it',
}
