import { expect, test } from 'vitest'

import { linesOf, pathOf } from '../src/mailing/lines'
import type { Posting } from '../src/postings/api'
import { changedFields } from '../src/reviewing/changes'

const posting = (change: object) => ({ title: '车工', description: '', region: '', details: { headcount: 2, skills: ['看图'] }, ...change }) as unknown as Posting

test('a second reading names the fields that somebody changed meanwhile', () => {
  expect(changedFields(posting({}), posting({}))).toEqual([])
  expect(changedFields(posting({}), posting({ description: '三班倒', details: { headcount: 3, skills: ['看图'], pay_low: 5000 } }))).toEqual(['description', 'details.headcount', 'details.pay_low'])
})

test('a notice leads only to places of our own', () => {
  const own = 'https://bridge.example'
  expect(pathOf('https://bridge.example/publish?draft=3', own)).toBe('/publish?draft=3')
  for (const strange of ['', 'https://elsewhere.example/x', '//elsewhere.example', 'javascript:alert(1)']) expect(pathOf(strange, own)).toBe('')
  expect(linesOf(['说：', '> 看不清', ''])).toEqual([{ words: '说：', quoted: false }, { words: '看不清', quoted: true }])
})
