import { useQueryClient } from '@tanstack/vue-query'
import { ref } from 'vue'

import { Problem } from '@/client/problem'
import { toast } from '@/common/toasts'
import { say } from '@/words'

import { type OneIntroduction, undo } from './api'

/** Say something that can be taken back: what was done stands at the foot of the page, with the way back beside it. */
export function useAnswering() {
  const queries = useQueryClient()
  const sending = ref(false)
  const refresh = () => Promise.all(['introductions', 'introduction', 'fits', 'pairings'].map((key) => queries.invalidateQueries({ queryKey: [key] })))

  async function act(what: () => Promise<OneIntroduction>): Promise<OneIntroduction | undefined> {
    if (sending.value) return undefined
    sending.value = true
    try {
      const row = await what()
      const back = { label: say('introductions.undo'), do: () => takeBack(row.id) }
      toast(say('introductions.now', { state: row.state_label }), row.undo_until ? back : undefined)
      return row
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      toast(error.sentence)
      return undefined
    } finally {
      sending.value = false
      await refresh()
    }
  }

  async function takeBack(id: number) {
    try {
      const row = await undo(id)
      toast(say('introductions.undone', { state: row.state_label }))
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      toast(error.sentence)
    }
    await refresh()
  }

  return { sending, act }
}
