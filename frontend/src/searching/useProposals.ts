import { onScopeDispose, ref } from 'vue'

import { complete, type Proposal } from './api'

const AFTER = 180

/** Proposals for what is being typed, shortly after the last stroke; which of them the arrows have reached. */
export function useProposals() {
  const found = ref<Proposal[]>([])
  const at = ref(-1)
  let timer = 0
  let turn = 0

  function shut() {
    clearTimeout(timer)
    turn += 1
    found.value = []
    at.value = -1
  }

  function ask(words: string) {
    clearTimeout(timer)
    if (!words.trim()) return shut()
    timer = window.setTimeout(look, AFTER, words.trim())
  }

  async function look(words: string) {
    const mine = ++turn
    // The box works without proposals.
    const answer = await complete(words).catch(() => [])
    if (mine !== turn) return
    found.value = answer
    at.value = -1
  }

  const move = (by: number) => {
    const count = found.value.length
    if (count) at.value = ((at.value + 1 + by + count + 1) % (count + 1)) - 1
  }
  onScopeDispose(shut)

  return { found, at, ask, move, shut }
}
