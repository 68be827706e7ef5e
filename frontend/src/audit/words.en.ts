export default {
  why: 'Who did what, and who saw which contact, is kept here; nothing is changed afterwards.',
  none: 'No entries yet.',
  when: 'When',
  who: 'Who',
  what: 'What',
  changes: 'Changes',
  system: 'the system',
}
