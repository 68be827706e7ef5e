import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'

import { units } from './api'
import { current, offers } from './session'

/** The units (院系) of the school one acts for; none for others. */
export function useUnits() {
  const id = computed(() => current.value?.organisation ?? 0)
  const { data } = useQuery({
    queryKey: computed(() => ['units', id.value]),
    queryFn: () => units(id.value),
    enabled: computed(() => offers.value && id.value > 0),
    staleTime: 300_000,
  })
  const all = computed(() => data.value?.results ?? [])
  const nameOf = (unit: number) => all.value.find((each) => each.id === unit)?.name ?? ''
  return { units: all, nameOf }
}
