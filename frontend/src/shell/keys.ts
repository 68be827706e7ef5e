import { onScopeDispose } from 'vue'

type Act = (event: KeyboardEvent) => void

/** Keys of a page, while nobody types: `{ j: next, k: previous }`. Left again with the page. */
export function useKeys(keys: Record<string, Act>): void {
  const heard = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || types(event.target)) return
    const act = keys[event.key]
    if (!act) return
    event.preventDefault()
    act(event)
  }
  addEventListener('keydown', heard)
  onScopeDispose(() => removeEventListener('keydown', heard))
}

function types(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) || target.closest('[role=dialog]') !== null
}
