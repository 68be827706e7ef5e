import { computed, ref, type Ref } from 'vue'

import { toast } from '@/common/toasts'
import { say } from '@/words'

const MOST = 4
const chosen = ref<{ posting: number; pairings: number[] }>({ posting: 0, pairings: [] })

/** Up to four pairings of one posting, chosen to be laid side by side. */
export function useChosen(posting: Ref<number>) {
  const ids = computed(() => (chosen.value.posting === posting.value ? chosen.value.pairings : []))

  function toggle(id: number) {
    const without = ids.value.filter((each) => each !== id)
    const adds = without.length === ids.value.length
    if (adds && ids.value.length === MOST) return toast(say('recommending.compareFull'))
    chosen.value = { posting: posting.value, pairings: adds ? [...without, id] : without }
  }

  const clear = () => (chosen.value = { posting: posting.value, pairings: [] })
  const address = computed(() => `/compare?posting=${posting.value}&with=${ids.value.join(',')}`)
  return { ids, toggle, clear, address }
}
