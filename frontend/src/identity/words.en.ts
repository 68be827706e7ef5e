export default {
  name: 'Rongqiao',
  claim: 'What is needed meets what is offered',
  bridge: '{band}, score {mutual}. The need looking at the offer {forward}, the offer looking at the need {reverse}',
}
