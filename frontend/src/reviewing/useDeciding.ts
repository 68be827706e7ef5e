import { useQueryClient } from '@tanstack/vue-query'
import { ref } from 'vue'

import { Problem, sentenceOf, type Fault } from '@/client/problem'
import { toast } from '@/common/toasts'
import { say } from '@/words'

import * as api from './api'

/** A case that could not be decided, and why. */
export interface Refused {
  case: number
  sentence: string
  edited: boolean
}

/** Saying yes or no, to one or to many: what could not be decided is told by case, and all that was done can be taken back. */
export function useDeciding() {
  const queries = useQueryClient()
  const busy = ref(false)
  const refused = ref<Refused[]>([])
  const problem = ref<Problem | null>(null)
  // The versions as this reviewer has read them: nobody approves what somebody has changed meanwhile.
  const versions = new Map<number, number>()

  /** Returns the cases that were decided. */
  async function decide(word: 'approved' | 'declined', send: () => Promise<api.Outcome[]>): Promise<number[]> {
    busy.value = true
    problem.value = null
    try {
      const outcomes = await send()
      refused.value = outcomes.filter((each) => !each.done).map(refusal)
      const done = outcomes.filter((each) => each.done).map((each) => each.case)
      if (done.length) toast(say(`reviewing.${word}Toast`, { n: done.length }), { label: say('common.undo'), do: () => takeBack(done) })
      return done
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      problem.value = error
      return []
    } finally {
      busy.value = false
      await queries.invalidateQueries({ queryKey: ['reviews'] })
    }
  }

  const approve = (cases: number[], more: Partial<api.Approval> = {}) =>
    decide('approved', () => api.approve({ cases, versions: readVersions(cases), ...more }))
  const decline = (cases: number[], reasons: string[], remark: string) => decide('declined', () => api.decline({ cases, reasons, remark }))

  function readVersions(cases: number[]): Record<string, number> {
    return Object.fromEntries(cases.flatMap((id) => (versions.has(id) ? [[String(id), versions.get(id)!]] : [])))
  }

  async function takeBack(cases: number[]) {
    const answers = await Promise.allSettled(cases.map(api.undo))
    const late = answers.flatMap((each) => (each.status === 'rejected' && each.reason instanceof Problem ? [each.reason] : []))
    await queries.invalidateQueries({ queryKey: ['reviews'] })
    toast(late[0]?.sentence ?? say('reviewing.takenBack', { n: cases.length }))
  }

  const readAs = (id: number, version: number) => versions.set(id, version)
  return { busy, refused, problem, approve, decline, takeBack, readAs }
}

function refusal(outcome: api.Outcome): Refused {
  const faults = outcome.faults as unknown as Fault[]
  return { case: outcome.case, sentence: faults.map(sentenceOf).join(' '), edited: faults.some((each) => each.code === 'edited_meanwhile') }
}

export type Deciding = ReturnType<typeof useDeciding>
