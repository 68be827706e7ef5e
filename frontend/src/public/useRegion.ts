import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'

import type { Problem } from '@/client/problem'
import { look } from '@/identity/look'
import { search } from '@/searching/api'

const LATEST = 60
const SHOWN = 5

/** What is open in the region now: counts, and the newest of both sides. One question answers all. */
export function useRegion() {
  const { data, error, refetch } = useQuery({
    queryKey: computed(() => ['region', look.value.language]),
    queryFn: () => search({ sort: 'newest' }, 1, LATEST),
  })
  const newest = (side: string) => computed(() => data.value?.results.filter((each) => each.side === side).slice(0, SHOWN) ?? [])
  return { answer: data, problem: computed(() => error.value as Problem | null), refetch, needs: newest('need'), offers: newest('offer') }
}
