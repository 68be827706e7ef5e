import { useI18n } from 'vue-i18n'

import { useKinds } from '@/postings/useKinds'

// What the trail keeps as a word of the program; everything else is what somebody wrote.
const WORD = /^[a-z_]+$/

/** What changed, in one line: `field: before → after`, or a plain value; a private field only says that it changed. */
export function useChanges() {
  const { t, te } = useI18n()
  const { all } = useKinds()
  const known = (key: string, otherwise: string) => (te(key) ? t(key) : otherwise)

  function labelOf(field: string): string {
    const name = field.replace('details.', '')
    const own = all.value.flatMap((kind) => kind.fields).find((each) => each.name === name)
    return WORD.test(name) ? known(`audit.fields.${name}`, own?.label ?? name) : field
  }

  function plain(value: unknown): string {
    if (value === null || value === undefined || value === '') return '—'
    if (Array.isArray(value)) return value.map(plain).join(t('common.comma'))
    if (typeof value === 'object') return JSON.stringify(value)
    const said = String(value)
    return WORD.test(said) ? known(`audit.values.${said}`, said) : said
  }

  const said = (value: unknown) => (Array.isArray(value) && value.length === 2 ? value.map(plain).join(' → ') : plain(value))

  return (changes: Record<string, unknown>) =>
    Object.entries(changes).map(([field, value]) => t('audit.change', { field: labelOf(field), value: said(value) })).join(t('audit.and'))
}
