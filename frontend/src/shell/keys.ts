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

/** Focus the next (or the one before) of what a page lists. */
export function moveAmong(selector: string, by: 1 | -1): void {
  const all = [...document.querySelectorAll<HTMLElement>(selector)]
  const at = all.findIndex((each) => each === document.activeElement || each.contains(document.activeElement))
  const to = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)
  all[to]?.focus()
}

function types(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) || target.closest('[role=dialog]') !== null
}
