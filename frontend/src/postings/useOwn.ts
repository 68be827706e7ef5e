import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed } from 'vue'

import { Problem } from '@/client/problem'
import { toast } from '@/common/toasts'
import { daysUntil } from '@/common/habits'
import { look } from '@/identity/look'
import { current } from '@/parties/session'

import { mine, type Posting, take } from './api'

const OPEN = new Set(['published', 'in_talks', 'partly_met'])
const SOON = 21

export const isOpen = (posting: Pick<Posting, 'status'>): boolean => OPEN.has(posting.status)

/** The postings of the organisation one acts for, and which of them wait for a person. */
export function useOwn() {
  const key = computed(() => ['mine', current.value?.organisation, look.value.language])
  const { data, error, refetch } = useQuery({ queryKey: key, queryFn: () => mine({ page_size: 100 }) })
  const all = computed(() => data.value?.results.filter((each) => each.organisation === current.value?.organisation))
  const open = computed(() => all.value?.filter(isOpen) ?? [])
  const drafts = computed(() => all.value?.filter((each) => each.status === 'draft') ?? [])
  const ending = computed(() => open.value.filter((each) => each.expires_on && daysUntil(each.expires_on) <= SOON).sort(byEnd))
  return { all, open, drafts, ending, problem: computed(() => error.value as Problem | null), refetch }
}

const byEnd = (one: Posting, other: Posting) => (one.expires_on ?? '').localeCompare(other.expires_on ?? '')

/** Take a step, say so, and show the lists anew. */
export function useSteps() {
  const queries = useQueryClient()
  async function step(posting: Pick<Posting, 'id' | 'version'>, code: string, words: string): Promise<Posting | null> {
    try {
      const moved = await take(posting, code)
      toast(words)
      return moved
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      toast(error.sentence)
      return null
    } finally {
      await Promise.all([queries.invalidateQueries({ queryKey: ['mine'] }), queries.invalidateQueries({ queryKey: ['posting', posting.id] })])
    }
  }
  return { step }
}
