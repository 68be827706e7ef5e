import { useQueryClient } from '@tanstack/vue-query'
import { computed, onScopeDispose, ref, watch } from 'vue'

import { Problem } from '@/client/problem'

import { current } from '@/parties/session'

import { change, create, type Draft, type Posting } from './api'
import { difference } from './difference'
import { draftOf, type Form } from './useForm'

const IDLE = 1500

export interface Conflict {
  posting: Posting
  changed: { field: string; label: string; before: unknown; after: unknown; by: string }[]
  both: string[]
}

/**
 * Keeps what is written: a draft by itself, a published posting when asked. Somebody else's change in between is shown
 * as a conflict and decided by the person.
 */
export function useSaving({ form, filled, put }: Form) {
  const queries = useQueryClient()
  const posting = ref<Posting | null>(null)
  const kept = ref<Draft | null>(null)
  const state = ref<'clean' | 'waiting' | 'saving' | 'saved' | 'failed'>('clean')
  const savedAt = ref<Date | null>(null)
  const problem = ref<Problem | null>(null)
  const conflict = ref<Conflict | null>(null)
  const isDraft = computed(() => !posting.value || posting.value.status === 'draft')
  let timer = 0
  let running: Promise<boolean> | null = null

  const changes = () => (kept.value ? difference(kept.value, filled.value) : filled.value)
  const dirty = computed(() => (kept.value ? difference(kept.value, filled.value) !== null : filled.value.title.trim() !== ''))

  function adopt(found: Posting, alsoForm: boolean) {
    posting.value = found
    kept.value = draftOf(found)
    if (alsoForm) put(draftOf(found))
    state.value = alsoForm ? 'clean' : 'saved'
  }

  /** What is written from here on is another posting. */
  function startAnew() {
    clearTimeout(timer)
    posting.value = kept.value = savedAt.value = problem.value = null
    state.value = dirty.value ? 'waiting' : 'clean'
  }

  /** Saves what is there now; true when all of it is kept. One at a time, the next with what was typed meanwhile. */
  async function save(): Promise<boolean> {
    clearTimeout(timer)
    if (running) await running
    if (!dirty.value || conflict.value) return !conflict.value
    running = saveOnce()
    try {
      return await running
    } finally {
      running = null
    }
  }

  async function saveOnce(): Promise<boolean> {
    state.value = 'saving'
    const sent = filled.value
    try {
      posting.value = posting.value ? await change(posting.value.id, posting.value.version, changes()!) : await create(sent, current.value!.organisation)
      kept.value = sent
      savedAt.value = new Date()
      state.value = 'saved'
      problem.value = null
      void queries.invalidateQueries({ queryKey: ['mine'] })
      return true
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      state.value = 'failed'
      if (error.status === 409 && error.more.posting) conflict.value = error.more as unknown as Conflict
      else problem.value = error
      return false
    }
  }

  /** Theirs replaces the form; mine is laid over theirs and is what the next saving sends. */
  function settle(mine: boolean) {
    const theirs = conflict.value!.posting
    const ours = difference(kept.value!, filled.value) ?? {}
    conflict.value = null
    adopt(theirs, false)
    const base = draftOf(theirs)
    put(mine ? { ...base, ...ours, details: { ...base.details, ...ours.details } } : base)
    problem.value = null
  }

  watch(filled, () => {
    clearTimeout(timer)
    if (!dirty.value) return
    state.value = 'waiting'
    if (isDraft.value && form.title.trim()) timer = window.setTimeout(save, IDLE)
  }, { deep: true })
  onScopeDispose(() => clearTimeout(timer))

  return { posting, state, savedAt, problem, conflict, isDraft, dirty, adopt, startAnew, save, settle }
}

export type Saving = ReturnType<typeof useSaving>
