import { watch } from 'vue'
import { createI18n } from 'vue-i18n'

import { look, type Language } from '@/identity/look'

type Words = Record<string, unknown>

// Each room keeps its words in two files, words.zh.ts and words.en.ts; the room's folder is the first part of a key.
const chinese = import.meta.glob<Words>('./*/words.zh.ts', { eager: true, import: 'default' })
const english = import.meta.glob<Words>('./*/words.en.ts', { eager: true, import: 'default' })

function byRoom(files: Record<string, Words>): Record<string, Words> {
  return Object.fromEntries(Object.entries(files).map(([path, words]) => [path.split('/')[1], words]))
}

export const messages: Record<Language, Record<string, Words>> = { 'zh-CN': byRoom(chinese), en: byRoom(english) }

export const i18n = createI18n<false>({
  legacy: false,
  locale: look.value.language,
  fallbackLocale: false,
  messages: messages as Record<string, never>,
})

watch(() => look.value.language, (language) => {
  i18n.global.locale.value = language
})

// The types of every key of every room would be too deep to be of use.
const translate = i18n.global.t as unknown as (key: string, values: object) => string

/** A sentence outside a component. */
export const say = (key: string, values: Record<string, unknown> = {}): string => translate(key, values)
