import { computed } from 'vue'
import { useI18n } from 'vue-i18n'

import { useCodeNames } from '@/codes/useCodeNames'
import { look } from '@/identity/look'
import { useKinds } from '@/postings/useKinds'

import type { Answer, Filter } from './api'

/** The groups of the filter column: the filter's name, what the answer calls its counts, which table names its codes. */
export const GROUPS: { filter: Filter; facet: string; system?: string }[] = [
  { filter: 'kind', facet: 'kinds' },
  { filter: 'region', facet: 'region', system: 'region' },
  { filter: 'major', facet: 'majors', system: 'major' },
  { filter: 'chain', facet: 'chain' },
  { filter: 'industry', facet: 'industry', system: 'industry' },
  { filter: 'field', facet: 'field' },
  { filter: 'occupation', facet: 'occupations', system: 'occupation' },
  { filter: 'level', facet: 'level' },
  { filter: 'degree', facet: 'degree' },
  { filter: 'fresh', facet: 'fresh' },
]

export interface Choice {
  value: string
  label: string
  count: number
  /** How deep it lies below others of its group: a district below its city. */
  depth: number
}

const REGION_STEPS = [/0000$/, /00$/]
const depthOf = (filter: Filter, code: string) => (filter === 'region' ? (REGION_STEPS.findIndex((step) => step.test(code)) + 3) % 3 : 0)

/** What a filter offers under this answer, and the names of what is chosen. */
export function useFacets() {
  const { t } = useI18n()
  const { all, of } = useKinds()
  // In the order of the ladder, which begins with one that asks for nothing.
  const degrees = computed(() => all.value.flatMap((kind) => kind.fields).find((field) => field.name === 'degree')?.options ?? [])
  const { nameOf } = useCodeNames()

  function degreeOf(filter: Filter, value: string): string {
    const degree = filter === 'level' ? degrees.value[Number(value)] : degrees.value.find((each) => each.code === value)
    return (look.value.language === 'en' ? degree?.en : degree?.zh) ?? value
  }

  function labelOf(filter: Filter, value: string, answer?: Answer): string {
    const group = GROUPS.find((each) => each.filter === filter)
    if (filter === 'kind') return of(value)?.label ?? value
    if (filter === 'level' || filter === 'degree') return degreeOf(filter, value)
    if (filter === 'fresh') return t('searching.within', { n: value })
    if (filter === 'near') return /^\d+$/.test(value) ? nameOf('region', value) : t('searching.here')
    if (filter === 'organisation') return answer?.results.find((each) => String(each.organisation) === value)?.organisation_name ?? value
    const told = group && answer?.labels[group.facet]?.[value]
    return told ?? (group?.system ? nameOf(group.system, value) : value)
  }

  function choicesOf(filter: Filter, answer: Answer): Choice[] {
    const group = GROUPS.find((each) => each.filter === filter)!
    const counts = filter === 'kind' ? answer.kinds : (answer.facets[group.facet] ?? {})
    const all = Object.entries(counts).filter(([, count]) => count > 0)
    if (filter === 'region') all.sort(([one], [other]) => one.localeCompare(other))
    else if (filter !== 'fresh') all.sort(([, one], [, other]) => other - one)
    return all.map(([value, count]) => ({ value, count, label: labelOf(filter, value, answer), depth: depthOf(filter, value) }))
  }

  return { labelOf, choicesOf }
}
