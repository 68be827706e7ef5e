import { useQueryClient } from '@tanstack/vue-query'
import { computed, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'

import { Problem } from '@/client/problem'
import { toast } from '@/common/toasts'
import { say } from '@/words'

import { type Draft, mine, one, take } from './api'
import { BASE, draftOf, useForm } from './useForm'
import { useKinds } from './useKinds'
import { useSaving } from './useSaving'

type Part = Partial<Draft>

/** Writing one posting: which kind, what is filled in, whether it is kept, and publishing it. */
export function usePublishing() {
  const route = useRoute()
  const router = useRouter()
  const queries = useQueryClient()
  const { own: kinds, of } = useKinds()
  const parts = useForm('')
  const { form, filled, fill } = parts
  const saving = useSaving(parts)
  const ready = ref(false)
  const leaving = ref(false)
  const tried = ref(false)
  const loadProblem = ref<Problem | null>(null)
  const kind = computed(() => of(form.kind))

  const asked = (name: string) => Number(route.query[name]) || 0

  async function begin() {
    form.kind = kinds.value.find((each) => each.code === route.query.kind)?.code ?? kinds.value[0]!.code
    try {
      if (asked('draft')) saving.adopt(await one(asked('draft')), true)
      else if (asked('copy')) copy(await one(asked('copy')).then(draftOf))
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      loadProblem.value = error
    }
    ready.value = true
  }

  watch(kinds, (known) => known.length > 0 && !ready.value && begin(), { immediate: true })
  watch(() => saving.posting.value?.id, (id) => id && router.replace({ query: { ...route.query, draft: String(id), copy: undefined, kind: undefined } }))

  /** The same words as another kind: what the new kind has no field for is let go. A kept draft stays what it is. */
  function choose(code: string) {
    const names = new Set(of(code)?.fields.map((field) => field.name))
    form.kind = code
    form.details = Object.fromEntries(Object.entries(form.details).filter(([name]) => names.has(name)))
    if (saving.posting.value) saving.startAnew()
  }

  /** Fill one field; a list gets one more. */
  function use(field: string, value: unknown, words: string) {
    const name = field.replace('details.', '')
    if ((BASE as readonly string[]).includes(name)) return fill({ [name]: value } as Part, words)
    const many = kind.value?.fields.find((each) => each.name === name)?.type === 'many'
    const joined = many ? [...new Set([...((form.details[name] as unknown[]) ?? []), ...[value].flat()])] : value
    fill({ details: { [name]: joined } }, words)
  }

  async function copyLast() {
    const last = (await mine({ kind: form.kind, page_size: 2 })).results.find((each) => each.id !== saving.posting.value?.id)
    if (last) copy(draftOf(last))
  }

  function copy(draft: Draft) {
    if (!saving.posting.value) form.kind = draft.kind
    fill(draft, say('postings.form.copied', { title: draft.title }))
  }

  async function publish(): Promise<void> {
    tried.value = true
    if (!(await saving.save())) return
    if (!saving.posting.value) return void (saving.problem.value = untitled())
    try {
      const moved = await take(saving.posting.value, 'publish')
      leaving.value = true
      void queries.invalidateQueries({ queryKey: ['mine'] })
      const words = say(moved.status === 'published' ? 'postings.form.published' : 'postings.form.toReview')
      toast(words, { label: say('common.undo'), do: () => takeBack(moved.id) })
      await router.push(`/postings/${moved.id}`)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      saving.problem.value = error
    }
  }

  async function takeBack(id: number) {
    await take(await one(id), 'withdraw')
    await queries.invalidateQueries()
  }

  async function keep(): Promise<void> {
    tried.value = true
    if (!(await saving.save())) return
    leaving.value = true
    await queries.invalidateQueries({ queryKey: ['posting', saving.posting.value!.id] })
    await router.push(`/postings/${saving.posting.value!.id}`)
  }

  return { form, filled, saving, kind, kinds, ready, loadProblem, leaving, tried, choose, use, fill, copyLast, publish, keep }
}

export type Publishing = ReturnType<typeof usePublishing>

const untitled = () =>
  new Problem(400, [{ field: 'title', code: 'required', fault: say('postings.form.titleMissing'), remedy: say('postings.form.titleMissingRemedy') }])
