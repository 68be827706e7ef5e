import { useQuery } from '@tanstack/vue-query'
import { computed, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'

import type { Problem } from '@/client/problem'
import { look } from '@/identity/look'

import { queue, summary } from './api'

const SIZE = 25
const ANSWERED = new Set(['approved', 'declined'])

/** The queue as the address says: occasion, state, page; which case is open, and which are ticked. */
export function useQueue() {
  const route = useRoute()
  const router = useRouter()
  const text = (name: string) => (typeof route.query[name] === 'string' ? (route.query[name] as string) : '')
  const occasion = computed(() => text('occasion'))
  const state = computed(() => (ANSWERED.has(text('state')) ? text('state') : 'waiting'))
  const page = computed(() => Math.max(1, Number(text('page')) || 1))
  const opened = computed(() => Number(route.params.id) || 0)
  const filters = computed(() => ({ state: state.value, page: page.value, page_size: SIZE, ...(occasion.value && { occasion: occasion.value }) }))

  const { data, error, refetch } = useQuery({
    queryKey: computed(() => ['reviews', filters.value, look.value.language]),
    queryFn: () => queue(filters.value),
    placeholderData: (before) => before,
  })
  const { data: counts } = useQuery({ queryKey: ['reviews', 'summary'], queryFn: summary })
  const rows = computed(() => data.value?.results ?? [])

  const ticked = ref<number[]>([])
  watch(filters, () => (ticked.value = []))
  const tick = (id: number) => (ticked.value = ticked.value.includes(id) ? ticked.value.filter((each) => each !== id) : [...ticked.value, id])

  const put = (change: Record<string, string | undefined>) => router.replace({ path: '/reviews', query: { ...route.query, page: undefined, ...change } })
  const open = (id: number) => router.push({ path: id ? `/reviews/${id}` : '/reviews', query: route.query })

  /** The next or previous case; from none, the first. Stays at both ends. */
  function move(by: number) {
    const at = rows.value.findIndex((row) => row.id === opened.value)
    const next = rows.value[at < 0 ? 0 : Math.min(Math.max(at + by, 0), rows.value.length - 1)]
    if (next && next.id !== opened.value) void open(next.id)
  }

  /** The case after these, when they leave the queue. */
  function after(gone: number[]): number {
    const at = rows.value.findIndex((row) => row.id === opened.value)
    const left = [...rows.value.slice(at + 1), ...rows.value.slice(0, Math.max(at, 0)).reverse()]
    return left.find((row) => !gone.includes(row.id))?.id ?? 0
  }

  const problem = computed(() => error.value as Problem | null)
  return { rows, counts, total: computed(() => data.value?.count), loaded: computed(() => data.value !== undefined), problem, refetch, occasion, state, page, size: SIZE, opened, ticked, tick, put, open, move, after }
}

export type QueueView = ReturnType<typeof useQueue>
