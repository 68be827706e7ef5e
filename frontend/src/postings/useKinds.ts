import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'

import { look } from '@/identity/look'
import { current } from '@/parties/session'

import { kinds, type Kind } from './api'

/** The kinds of posting with their fields; `own` are those this organisation may post. */
export function useKinds() {
  const language = computed(() => look.value.language)
  const { data } = useQuery({ queryKey: ['kinds', language], queryFn: kinds, staleTime: Infinity })
  const all = computed<Kind[]>(() => data.value ?? [])
  const own = computed(() => all.value.filter((kind) => kind.parties.includes(current.value?.party_type ?? '')).sort(byUse))
  const of = (code: string) => all.value.find((kind) => kind.code === code)
  return { all, own, of }
}

// What is posted most comes first.
const ORDER = ['talent_need', 'tech_need', 'internship', 'major', 'training_base', 'expert']
const byUse = (one: Kind, other: Kind) => ORDER.indexOf(one.code) - ORDER.indexOf(other.code)
