import { useQuery } from '@tanstack/vue-query'
import { type MaybeRefOrGetter, computed, toValue } from 'vue'

import { codesBelow } from '@/codes/api'
import { remember, shownName } from '@/codes/useCodeNames'
import { look } from '@/identity/look'

import { type Counts, type Spot, cells, covered, flat } from './cells'

/** Every district of the regions that the counts cover, each with the part of the sheet that is nearer to it than to others. */
export function useMap(counts: MaybeRefOrGetter<Counts>) {
  const regions = computed(() => covered(toValue(counts)))
  const { data } = useQuery({
    queryKey: computed(() => ['districts', regions.value, look.value.language]),
    queryFn: () => districtsOf(regions.value),
    enabled: computed(() => regions.value.length > 0),
    staleTime: Infinity,
    placeholderData: (before) => before,
  })
  return computed(() => {
    const spots = data.value ?? []
    const points = flat(spots)
    const shapes = cells(points)
    return spots.map((spot, at) => ({ ...spot, at: points[at]!, shape: shapes[at]!, count: toValue(counts)[spot.code] ?? 0 }))
  })
}

export type District = ReturnType<typeof useMap>['value'][number]

async function districtsOf(regions: string[]): Promise<Spot[]> {
  const found = (await Promise.all(regions.map((each) => codesBelow('region', each)))).flat()
  return found.flatMap((code) => {
    remember('region', code)
    return code.lat == null || code.lng == null ? [] : [{ code: code.code, name: shownName(code), lat: code.lat, lng: code.lng }]
  })
}
