import { onScopeDispose, ref, watch, type Ref } from 'vue'

import type { Schemas } from '@/client/http'
import { Problem } from '@/client/problem'
import { look } from '@/identity/look'
import { current } from '@/parties/session'

import { advice as adviceOn, type Asked, preview, type Previewed } from './api'

const PREVIEW_AFTER = 350
// Advice scores the same candidates many times over: it waits for a longer pause.
const ADVICE_AFTER = 1300

/** Who fits what is being written, and what would help most, shortly after the last stroke. */
export function useLive(draft: Ref<Asked>) {
  const found = ref<Previewed[] | null>(null)
  const advised = ref<Schemas['Advised'] | null>(null)
  const looking = ref(false)
  const note = ref('')
  const problem = ref<Problem | null>(null)
  let timers: number[] = []
  let flight = new AbortController()

  async function lookAcross(asked: Asked, signal: AbortSignal) {
    looking.value = true
    await quietly(async () => {
      const answer = await preview(asked, signal)
      found.value = answer.results
      note.value = answer.note
      problem.value = null
    }, signal)
    if (!signal.aborted) looking.value = false
  }

  const advise = (asked: Asked, signal: AbortSignal) =>
    quietly(async () => {
      advised.value = await adviceOn(asked, signal)
    }, signal)

  async function quietly(act: () => Promise<void>, signal: AbortSignal) {
    try {
      await act()
    } catch (error) {
      if (signal.aborted) return
      if (!(error instanceof Problem)) throw error
      problem.value = error
    }
  }

  function stop() {
    timers.forEach(clearTimeout)
    timers = []
    flight.abort()
  }

  const asks = () => {
    const { kind, title, description, region_code, details } = draft.value
    return { kind, organisation: current.value!.organisation, title: title.trim(), ...(description && { description }), ...(region_code && { region_code }), details } as Asked
  }

  watch(
    () => JSON.stringify([asks(), look.value.language]),
    () => {
      stop()
      const asked = asks()
      if (!asked.title) {
        found.value = advised.value = null
        looking.value = false
        return
      }
      flight = new AbortController()
      const { signal } = flight
      timers = [window.setTimeout(lookAcross, PREVIEW_AFTER, asked, signal), window.setTimeout(advise, ADVICE_AFTER, asked, signal)]
    },
    { immediate: true },
  )
  onScopeDispose(stop)

  return { found, advised, looking, note, problem }
}

export type Live = ReturnType<typeof useLive>
