import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'

import type { Problem } from '@/client/problem'
import { look } from '@/identity/look'

import { type Asked, FILTERS, search } from './api'

export const SIZE = 20
const NAMES = ['q', ...FILTERS, 'km', 'sort'] as const

/** What is looked for stands in the address: words, filters, order, page. */
export function useSearch() {
  const route = useRoute()
  const router = useRouter()
  const text = (name: string) => (typeof route.query[name] === 'string' ? (route.query[name] as string) : '')

  const asked = computed<Asked>(() => Object.fromEntries(NAMES.map((name) => [name, text(name)]).filter(([, value]) => value)))
  const page = computed(() => Math.max(1, Number(text('page')) || 1))
  const map = computed(() => text('map') === '1')
  // Whether the map is shown is no part of what is looked for, but of the address.
  const shown = computed(() => (map.value ? { map: '1' } : {}))
  const filtered = computed(() => FILTERS.filter((name) => asked.value[name]))

  const { data, error, refetch, isPlaceholderData } = useQuery({
    queryKey: computed(() => ['search', asked.value, page.value, look.value.language]),
    queryFn: ({ signal }) => search(asked.value, page.value, SIZE, signal),
    placeholderData: (before) => before,
  })

  /** Another search: what is said differently replaces what stood there, and the first page is shown. */
  const put = (change: Record<string, string | undefined>) => {
    const named = { ...asked.value, ...change }
    const kept = Object.entries(named).filter(([, value]) => value)
    const query = Object.fromEntries(kept.filter(([name]) => named.near || (name !== 'km' && named[name as keyof Asked] !== 'nearest')))
    return router.push({ query: { ...query, ...shown.value } })
  }
  const turn = (to: number) => router.push({ query: { ...route.query, page: to > 1 ? String(to) : undefined } })
  const clear = () => router.push({ query: { ...(asked.value.q && { q: asked.value.q }), ...shown.value } })
  const turnMap = () => router.replace({ query: { ...route.query, map: map.value ? undefined : '1' } })

  return { asked, page, map, turnMap, filtered, answer: data, problem: computed(() => error.value as Problem | null), refetch, waiting: isPlaceholderData, put, turn, clear }
}

export type Searching = ReturnType<typeof useSearch>
