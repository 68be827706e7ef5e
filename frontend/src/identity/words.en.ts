export default {
  name: 'Rongqiao',
  claim: 'What is needed meets what is offered',
  forward: 'need looking at offer',
  reverse: 'offer looking at need',
  bridge: '{band}, score {mutual}. The need looking at the offer {forward}, the offer looking at the need {reverse}',
}
