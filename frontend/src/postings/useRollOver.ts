import { useQueryClient } from '@tanstack/vue-query'
import { computed, reactive, ref } from 'vue'

import { Problem } from '@/client/problem'

import { change, type Field, type Posting, take } from './api'
import { useKinds } from './useKinds'
import { isOpen, useOwn } from './useOwn'

type Row = Record<string, number | null | undefined>

const YEAR = 'year'

/** What is offered by the year: the numbers of a new one beside those of the last, for all postings in one table. */
export function useRollOver() {
  const queries = useQueryClient()
  const { own: kinds } = useKinds()
  const { all, problem, refetch } = useOwn()
  const year = ref(new Date().getFullYear())
  const typed = reactive(new Map<number, Record<string, string>>())
  const said = reactive(new Map<number, string>())
  const saving = ref(false)

  const yearly = computed(() => new Map(kinds.value.flatMap((kind) => kind.fields.filter(isYearly).map((field) => [kind.code, field] as const))))
  const rows = computed(() => all.value?.filter((each) => yearly.value.has(each.kind) && isOpen(each)))
  const columns = computed(() => ([...yearly.value.values()][0]?.columns ?? []).filter((each) => each.name !== YEAR))

  const yearsOf = (posting: Posting) => (posting.details[yearly.value.get(posting.kind)!.name] ?? []) as Row[]
  const rowOf = (posting: Posting) => yearsOf(posting).find((row) => row.year === year.value)
  const last = (posting: Posting) =>
    yearsOf(posting).filter((row) => (row.year ?? 0) < year.value).reduce<Row | undefined>((best, row) => (!best || row.year! > best.year! ? row : best), undefined)

  const valueOf = (posting: Posting, column: string) => typed.get(posting.id)?.[column] ?? rowOf(posting)?.[column]?.toString() ?? ''

  function put(posting: Posting, column: string, value: string) {
    typed.set(posting.id, { ...typed.get(posting.id), [column]: value })
    said.delete(posting.id)
  }

  /** Where nothing stands yet, what stood last year. */
  function asLast() {
    for (const posting of rows.value ?? []) {
      for (const { name } of columns.value) {
        const before = last(posting)?.[name]
        if (valueOf(posting, name) === '' && before != null) put(posting, name, String(before))
      }
    }
  }

  /** The first that is refused stays as it was typed, with the reason beside it; the others are kept. */
  async function save(): Promise<boolean> {
    saving.value = true
    for (const posting of (rows.value ?? []).filter((each) => typed.has(each.id))) await saveOne(posting)
    saving.value = false
    await queries.invalidateQueries({ queryKey: ['mine'] })
    return typed.size === 0
  }

  async function saveOne(posting: Posting) {
    const numbers = columns.value.map(({ name }) => [name, valueOf(posting, name)] as const).filter(([, value]) => value !== '')
    const row = { [YEAR]: year.value, ...Object.fromEntries(numbers.map(([name, value]) => [name, Number(value)])) }
    const others = yearsOf(posting).filter((each) => each.year !== year.value)
    try {
      const changed = await change(posting.id, posting.version, { details: { [yearly.value.get(posting.kind)!.name]: [...others, row] } })
      await take(changed, 'confirm')
      typed.delete(posting.id)
      said.set(posting.id, '')
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      said.set(posting.id, error.sentence)
    }
  }

  return { year, rows, columns, last, valueOf, put, asLast, save, saving, typed, said, problem, refetch }
}

export const isYearly = (field: Field): boolean => field.type === 'rows' && (field.columns?.some((each) => each.name === YEAR) ?? false)
