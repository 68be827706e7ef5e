import { useI18n } from 'vue-i18n'

import { useCodeNames } from '@/codes/useCodeNames'
import { dayOf, money } from '@/common/habits'
import { look } from '@/identity/look'

import type { Field, FieldShape, Posting } from './api'
import { useKinds } from './useKinds'

export interface Fact {
  name: string
  label: string
  words: string
}

const YUAN = '元'

/** The values of a posting as people read them: codes by their names, money and days by local habit. */
export function useValueWords() {
  const { t, tm } = useI18n()
  const { of } = useKinds()
  const { nameOf } = useCodeNames()
  const english = () => look.value.language === 'en'

  function words(shape: FieldShape, value: unknown, unit = ''): string {
    if (Array.isArray(value)) return value.map((each) => inRow(shape, each)).join(t(shape.type === 'rows' ? 'postings.rowStop' : 'common.comma'))
    if (typeof value === 'boolean') return t(value ? 'postings.yes' : 'postings.no')
    if (shape.type === 'code') return nameOf(shape.system!, String(value))
    if (shape.type === 'date') return dayOf(String(value))
    if (shape.type === 'choice') return choice(shape, String(value))
    if (typeof value === 'number') return unit === YUAN ? money(value) : counted(value, unit)
    return String(value)
  }

  function inRow(shape: FieldShape, value: unknown): string {
    if (shape.type !== 'rows') return words(shape.of!, value)
    const cells = shape.columns!.map((column) => ({ column, cell: (value as Record<string, unknown>)[column.name] }))
    const said = cells.filter(({ cell }) => cell !== undefined && cell !== null && cell !== '')
    return said.map(({ column, cell }) => `${english() ? column.en : column.zh} ${words(column, cell)}`).join(' ')
  }

  // Without a unit a number may be a year: no comma in it.
  function counted(value: number, unit: string): string {
    if (!unit) return String(value)
    const digits = value.toLocaleString(look.value.language)
    return `${digits} ${unitOf(unit)}`
  }

  function choice(shape: FieldShape, code: string): string {
    const option = shape.options?.find((each) => each.code === code)
    return option ? (english() ? option.en : option.zh) : code
  }

  const fact = (field: Field, value: unknown): Fact => ({ name: field.name, label: field.label, words: words(field, value, field.unit) })

  function factsOf(posting: Posting): Fact[] {
    const fields = of(posting.kind)?.fields ?? []
    return fields.filter((field) => filled(posting.details[field.name])).map((field) => fact(field, posting.details[field.name]))
  }

  /** A kind names its units in Chinese. */
  const unitOf = (unit: string) => (tm('postings.units') as Record<string, string>)[unit] ?? unit

  return { factsOf, words, unitOf }
}

const filled = (value: unknown) => value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
