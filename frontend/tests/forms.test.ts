import { expect, test } from 'vitest'

import { pieces } from '../src/parsing/marks'
import { difference } from '../src/postings/difference'
import type { Draft } from '../src/postings/api'

const draft = (part: Partial<Draft> = {}): Draft => ({
  kind: 'talent_need', title: '焊工', description: '', region_code: '', contact_name: '', contact_phone: '', contact_email: '', details: {}, ...part,
})

test('an edit sends what differs and nothing else', () => {
  const before = draft({ details: { headcount: 5, skills: ['氩弧焊'] } })
  expect(difference(before, before)).toBeNull()
  expect(difference(before, draft({ title: '电焊工', details: { headcount: 5, skills: ['氩弧焊'] } }))).toEqual({ title: '电焊工' })
})

test('what was emptied is sent as nothing', () => {
  const before = draft({ details: { headcount: 5, skills: ['氩弧焊'] } })
  expect(difference(before, draft({ details: { headcount: '', skills: [] } }))).toEqual({ details: { headcount: null, skills: null } })
})

test('another unit is sent, and none as nothing', () => {
  expect(difference(draft({ unit: 3 }), draft({ unit: 4 }))).toEqual({ unit: 4 })
  expect(difference(draft({ unit: 3 }), draft())).toEqual({ unit: null })
  expect(difference(draft({ unit: null }), draft())).toBeNull()
})

test('an empty field is the same as none', () => {
  expect(difference(draft(), draft({ details: { degree: undefined, majors: [] } }))).toBeNull()
})

test('marks count characters as people do, whatever stands before them', () => {
  const field = { field: 'details.headcount', label: '人数', value: 5, words: '5', confidence: 1, ask: false, why: '', spans: [{ start: 3, end: 5, text: '5名' }] }
  const found = pieces('𠮷焊工5名', [field])
  expect(found.map((each) => [each.text, each.mark])).toEqual([['𠮷焊工', ''], ['5名', 'read']])
})
