import { useQuery } from '@tanstack/vue-query'
import { type MaybeRefOrGetter, computed, toValue } from 'vue'

import { codesBelow } from '@/codes/api'
import { remember, shownName } from '@/codes/useCodeNames'
import { look } from '@/identity/look'

import { type Counts, type Spot, cells, covered, flat } from './cells'

const BESIDE_KM = 60

/** Every district that was counted and those beside them, each with the part of the sheet that is nearer to it than to others. */
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
    const all = spots.map((spot, at) => ({ ...spot, at: points[at]!, shape: shapes[at]!, count: toValue(counts)[spot.code] ?? 0 }))
    const counted = all.filter((each) => each.count > 0)
    return all.filter((each) => counted.some((other) => Math.hypot(each.at[0] - other.at[0], each.at[1] - other.at[1]) <= BESIDE_KM))
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
