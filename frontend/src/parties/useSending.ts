import { computed, ref } from 'vue'

import { Problem, sentenceOf } from '@/client/problem'

/** A form on its way: whether it is being sent, and the faults of the last answer, each beside its field. */
export function useSending() {
  const sending = ref(false)
  const problem = ref<Problem | null>(null)

  async function send(act: () => Promise<unknown>): Promise<boolean> {
    if (sending.value) return false
    sending.value = true
    problem.value = null
    try {
      await act()
      return true
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      problem.value = error
      return false
    } finally {
      sending.value = false
    }
  }

  const faultOf = (field: string) => {
    const found = problem.value?.faults.filter((each) => each.field === field) ?? []
    return found.map(sentenceOf).join(' ')
  }

  /** The problem without what already stands beside a field. */
  const rest = (fields: string[]) =>
    computed(() => {
      const others = problem.value?.faults.filter((each) => !fields.includes(each.field)) ?? []
      return problem.value && others.length ? new Problem(problem.value.status, others, problem.value.more) : null
    })

  return { sending, problem, send, faultOf, rest }
}
