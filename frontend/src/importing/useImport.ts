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
  const doubtful = ref<api.Doubtful>('refuse_row')
  const errors = ref<{ rows: api.RowError[]; count: number }>({ rows: [], count: 0 })
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
      errors.value = { rows: [], count: 0 }
      begin(await api.upload(file, kind, current.value!.organisation))
    })

  /** A batch that was uploaded before, wherever it stands. */
  const load = (id: number) =>
    act(async () => {
      begin(await api.look(id))
      if (batch.value!.state !== 'uploaded') await follow()
    })

  /** Its columns as a person has mapped them, else as they seem to be. */
  function begin(found: api.Proposed) {
    batch.value = found
    doubtful.value = found.doubtful
    const kept = found.state === 'uploaded' ? null : found.mapping
    mapping.value = Object.fromEntries(found.columns.map((each) => [each.column, kept ? (kept[each.column] ?? '') : (each.target ?? '')]))
  }

  const run = () =>
    act(async () => {
      if (state.value === 'uploaded' || state.value === 'mapped') await api.map(batch.value!.id, mapping.value, doubtful.value)
      await api.run(batch.value!.id)
      await follow()
    })

  const cancel = () => act(async () => (await api.cancel(batch.value!.id), busy.value || (await follow())))
  const undo = () => act(async () => (await api.undo(batch.value!.id), await follow()))

  async function follow(): Promise<void> {
    batch.value = await api.look(batch.value!.id)
    if (busy.value) timer = window.setTimeout(() => act(follow), POLL)
    else await settle()
  }

  async function settle() {
    const found = await api.errors(batch.value!.id)
    errors.value = { rows: found.results, count: found.count }
    await Promise.all(['mine', 'imports'].map((key) => queries.invalidateQueries({ queryKey: [key] })))
  }

  const restart = () => ((batch.value = null), (problem.value = null))
  onScopeDispose(() => clearTimeout(timer))

  return { batch, mapping, doubtful, errors, working, problem, state, busy, lacking, upload, load, run, cancel, undo, restart }
}
