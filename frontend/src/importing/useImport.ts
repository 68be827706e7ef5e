import { useQueryClient } from '@tanstack/vue-query'
import { computed, onScopeDispose, ref } from 'vue'

import { Problem } from '@/client/problem'

import { current } from '@/parties/session'

import * as api from './api'

const BUSY = new Set(['running', 'undoing'])
const POLL = 700

/** One table on its way: uploaded, its columns mapped, running, done, taken back. */
export function useImport() {
  const queries = useQueryClient()
  const batch = ref<api.Proposed | null>(null)
  const mapping = ref<Record<string, string>>({})
  const errors = ref<api.RowError[]>([])
  const working = ref(false)
  const problem = ref<Problem | null>(null)
  let timer = 0

  const state = computed(() => batch.value?.state)
  const busy = computed(() => BUSY.has(state.value ?? ''))
  const lacking = computed(() => {
    const given = new Set(Object.values(mapping.value))
    return batch.value?.targets.filter((each) => each.required && !given.has(each.name)) ?? []
  })

  async function act(what: () => Promise<unknown>) {
    working.value = true
    problem.value = null
    try {
      await what()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      problem.value = error
    } finally {
      working.value = false
    }
  }

  const upload = (file: File, kind: string) =>
    act(async () => {
      errors.value = []
      batch.value = await api.upload(file, kind, current.value!.organisation)
      mapping.value = Object.fromEntries(batch.value.columns.map((each) => [each.column, each.target ?? '']))
    })

  const run = () =>
    act(async () => {
      await api.map(batch.value!.id, mapping.value)
      await api.run(batch.value!.id)
      await follow()
    })

  const cancel = () => act(() => api.cancel(batch.value!.id))
  const undo = () => act(async () => (await api.undo(batch.value!.id), await follow()))

  async function follow(): Promise<void> {
    batch.value = await api.look(batch.value!.id)
    if (busy.value) timer = window.setTimeout(() => act(follow), POLL)
    else await settle()
  }

  async function settle() {
    errors.value = (await api.errors(batch.value!.id)).results
    await queries.invalidateQueries({ queryKey: ['mine'] })
  }

  const restart = () => ((batch.value = null), (errors.value = []), (problem.value = null))
  onScopeDispose(() => clearTimeout(timer))

  return { batch, mapping, errors, working, problem, state, busy, lacking, upload, run, cancel, undo, restart }
}
