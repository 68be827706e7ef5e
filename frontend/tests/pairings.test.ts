import { expect, test } from 'vitest'

import { brief } from '@/recommending/brief'

test('a sum of many measures is short beside other reasons, in both languages; other reasons stay whole', () => {
  expect(brief('0.68，词覆盖 0.19，字覆盖 0.26，语义相似 0.76；相近职业 车工、钳工')).toBe('0.68；相近职业 车工、钳工')
  expect(brief('0.68, words covered 0.19, characters covered 0.26, alike in sense 0.76; near occupations 车工')).toBe('0.68; near occupations 车工')
  for (const whole of ['具备 4/9 项，占 0.61：编程、数控加工；缺少 刀具选用', '相距 114.5 公里', '车工，所要 车工，1.00', '']) expect(brief(whole)).toBe(whole)
})
