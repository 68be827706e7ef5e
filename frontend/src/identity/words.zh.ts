export default {
  name: '融桥',
  claim: '需求与供给，两头相接',
  forward: '需方看供方',
  reverse: '供方看需方',
  bridge: '{band}，匹配分 {mutual}。需方看供方 {forward}，供方看需方 {reverse}',
}
