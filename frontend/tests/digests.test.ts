import { expect, test } from 'vitest'

import type { Preference } from '@/digests/api'
import { AS_ABOVE, formOf, rhythmsOf, wishOf } from '@/digests/wishes'

const kept = {
  rhythm: 'weekly',
  time: '08:37',
  weekday: 0,
  language: 'zh-hans',
  most: 10,
  subjects: [
    { id: 7, name: '演示机电有限公司', rhythm: 'weekly' },
    { id: 9, name: '演示经开区服务中心', rhythm: 'off' },
  ],
} as Preference

test('only what has a rhythm of its own is named, and what follows all goes on following', () => {
  const form = formOf(kept)
  expect(form.own).toEqual({ 7: AS_ABOVE, 9: 'off' })
  expect(wishOf({ ...form, rhythm: 'daily' }).own).toEqual({ 9: 'off' })
})

test('a number goes as a number, and anything else as it was typed', () => {
  expect(wishOf({ ...formOf(kept), most: ' 5 ' }).most).toBe(5)
  expect(wishOf({ ...formOf(kept), most: 'many' }).most).toBe('many')
})

test('a digest that is off for all is none, but one organisation may still have its own', () => {
  const off = formOf({ ...kept, rhythm: 'off' })
  expect([...rhythmsOf({ ...off, own: { 7: AS_ABOVE } })]).toEqual(['off'])
  expect([...rhythmsOf({ ...off, own: { 7: 'daily' } })]).toEqual(['off', 'daily'])
})
