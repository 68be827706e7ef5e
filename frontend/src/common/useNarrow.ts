import { onScopeDispose, ref, type Ref } from 'vue'

/** Whether the window is a phone's: below the width where the rail has room. */
export function useNarrow(below = 900): Ref<boolean> {
  const query = matchMedia(`(max-width: ${below - 1}px)`)
  const narrow = ref(query.matches)
  const follow = () => (narrow.value = query.matches)
  query.addEventListener('change', follow)
  onScopeDispose(() => query.removeEventListener('change', follow))
  return narrow
}
