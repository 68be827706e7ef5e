import { computed, reactive, ref } from 'vue'

import { toast } from '@/common/toasts'
import { say } from '@/words'

import type { Draft, Posting } from './api'

export const CONTACTS = ['contact_name', 'contact_phone', 'contact_email'] as const
export const BASE = ['title', 'description', 'region_code', ...CONTACTS] as const

const empty = (kind: string): Draft => ({
  kind, title: '', description: '', region_code: '', contact_name: '', contact_phone: '', contact_email: '', details: {},
})

export const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** What a form holds, without what is not filled in. */
export function filledIn(form: Draft): Draft {
  const details = Object.fromEntries(Object.entries(form.details).filter(([, value]) => !isEmpty(value)))
  return { ...form, details: structuredClone(JSON.parse(JSON.stringify(details))) }
}

export function draftOf(posting: Posting): Draft {
  const base = Object.fromEntries(BASE.map((name) => [name, posting[name] ?? '']))
  return { ...empty(posting.kind), ...base, unit: posting.unit, details: JSON.parse(JSON.stringify(posting.details)) }
}

/** The form of one posting, with a way back from whatever filled in several fields at once. */
export function useForm(kind: string) {
  const form = reactive<Draft>(empty(kind))
  const started = ref(false)
  const filled = computed(() => filledIn(form))

  function put(draft: Draft) {
    Object.assign(form, JSON.parse(JSON.stringify(draft)))
  }

  /** Fill in, and offer to take it back. */
  function fill(part: Partial<Draft>, words: string) {
    const before = filledIn(form)
    put({ ...form, ...part, details: { ...form.details, ...part.details } })
    started.value = true
    toast(words, { label: say('common.undo'), do: () => (put(before), toast(say('postings.form.undone'))) })
  }

  return { form, filled, started, put, fill }
}

export type Form = ReturnType<typeof useForm>
