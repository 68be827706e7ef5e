import { expect, test } from 'vitest'

type Words = { [key: string]: string | Words }

const words = import.meta.glob<Words>('../src/*/words.*.ts', { eager: true, import: 'default' })
const sources = import.meta.glob<string>('../src/**/*.{vue,ts}', { eager: true, query: '?raw', import: 'default' })
const components = Object.keys(sources).filter((path) => path.endsWith('.vue'))
const rooms = Object.keys(words).filter((path) => path.endsWith('.zh.ts')).map((path) => path.split('/')[2]!)

function flat(part: Words, before = ''): Record<string, string> {
  return Object.assign({}, ...Object.entries(part).map(([key, value]) => (typeof value === 'string' ? { [before + key]: value } : flat(value, `${before}${key}.`))))
}

const of = (room: string, language: string) => flat(words[`../src/${room}/words.${language}.ts`] ?? {})
const blanks = (sentence: string) => (sentence.match(/\{\w+\}/g) ?? []).sort().join()

test.each(rooms)('%s says the same things in both languages', (room) => {
  const [chinese, english] = [of(room, 'zh'), of(room, 'en')]
  expect(Object.keys(english)).toEqual(Object.keys(chinese))
  for (const [key, sentence] of Object.entries(chinese)) expect(blanks(english[key]!), key).toBe(blanks(sentence))
})

/** The template's text and the attributes that people read, without what is bound. */
function rawWords(path: string): string[] {
  const template = sources[path]!.match(/^<template>([\s\S]*)^<\/template>/m)?.[1] ?? ''
  const bare = template.replace(/<!--[\s\S]*?-->/g, '').replace(/\{\{[\s\S]*?\}\}/g, '')
  const attributes = [...bare.matchAll(/\s(?:title|label|placeholder|alt|aria-label)="([^"]*)"/g)].map((found) => found[1]!)
  const text = bare.replace(/<(?:"[^"]*"|'[^']*'|[^>"'])*>/g, '\n')
  return [...attributes, ...text.split('\n')].map((each) => each.trim()).filter((each) => /\p{L}/u.test(each))
}

test.each(components)('%s holds no words of its own', (path) => {
  expect(rawWords(path)).toEqual([])
})

test('every key that the code names exists', () => {
  const known = new Set(rooms.flatMap((room) => Object.keys(of(room, 'zh')).map((key) => `${room}.${key}`)))
  const named = Object.values(sources).flatMap((source) => [...source.matchAll(/\b(?:\$?t|say)\('([a-z]+\.[\w.]+)'/g)].map((found) => found[1]!))
  expect(named.length).toBeGreaterThan(50)
  expect(named.filter((key) => !known.has(key))).toEqual([])
})
