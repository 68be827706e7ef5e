import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const SOURCE = join(import.meta.dirname, '../src')
const rooms = readdirSync(SOURCE, { withFileTypes: true }).filter((each) => each.isDirectory()).map((each) => each.name)
const worded = rooms.filter((room) => readdirSync(join(SOURCE, room)).includes('words.zh.ts'))
const components = rooms.flatMap((room) => readdirSync(join(SOURCE, room)).map((name) => join(SOURCE, room, name))).filter((path) => path.endsWith('.vue'))

type Words = { [key: string]: string | Words }
const load = async (room: string, language: string): Promise<Words> => (await import(`../src/${room}/words.${language}.ts`)).default

function flat(words: Words, before = ''): Record<string, string> {
  return Object.assign({}, ...Object.entries(words).map(([key, value]) => (typeof value === 'string' ? { [before + key]: value } : flat(value, `${before}${key}.`))))
}

const blanks = (sentence: string) => (sentence.match(/\{\w+\}/g) ?? []).sort().join()

test.each(worded)('%s says the same things in both languages', async (room) => {
  const [chinese, english] = [flat(await load(room, 'zh')), flat(await load(room, 'en'))]
  expect(Object.keys(english)).toEqual(Object.keys(chinese))
  for (const [key, sentence] of Object.entries(chinese)) expect(blanks(english[key]!), key).toBe(blanks(sentence))
})

/** The template's text and the attributes that people read, without what is bound. */
function rawWords(path: string): string[] {
  const template = readFileSync(path, 'utf8').match(/^<template>([\s\S]*)^<\/template>/m)?.[1] ?? ''
  const bare = template.replace(/<!--[\s\S]*?-->/g, '').replace(/\{\{[\s\S]*?\}\}/g, '')
  const attributes = [...bare.matchAll(/\s(?:title|label|placeholder|alt|aria-label)="([^"]*)"/g)].map((found) => found[1]!)
  const text = bare.replace(/<(?:"[^"]*"|'[^']*'|[^>"'])*>/g, '\n')
  return [...attributes, ...text.split('\n')].map((each) => each.trim()).filter((each) => /\p{L}/u.test(each))
}

test.each(components)('%s holds no words of its own', (path) => {
  expect(rawWords(path)).toEqual([])
})

test('every key that a component names exists', async () => {
  const known = new Set<string>()
  for (const room of worded) for (const key of Object.keys(flat(await load(room, 'zh')))) known.add(`${room}.${key}`)
  const named = components.flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/\b(?:\$?t|say)\('([a-z]+\.[\w.]+)'/g)].map((found) => found[1]!))
  expect(named.filter((key) => !known.has(key))).toEqual([])
})
