import { ref } from 'vue'

/** A short word at the foot of the page, with one thing one may still do about it. */
export interface Toast {
  id: number
  words: string
  action?: { label: string; do: () => void | Promise<void> }
}

const SECONDS = 8
// A way back must not run off before a slow reader has got to it.
const SECONDS_WITH_ACTION = 40
export const toasts = ref<Toast[]>([])
let last = 0

export function toast(words: string, action?: Toast['action']): void {
  const id = ++last
  toasts.value = [...toasts.value.slice(-1), { id, words, action }]
  setTimeout(() => dismiss(id), (action ? SECONDS_WITH_ACTION : SECONDS) * 1000)
}

export function dismiss(id: number): void {
  toasts.value = toasts.value.filter((each) => each.id !== id)
}
