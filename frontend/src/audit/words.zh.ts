export default {
  why: '谁做了什么、谁看过哪条联系方式，都记在这里，只增不改。',
  none: '还没有记录。',
  when: '时间',
  who: '谁',
  what: '做了什么',
  changes: '变更',
  system: '系统',
}
