import { computed, ref } from 'vue'

import { Problem } from '@/client/problem'
import { knowSignedIn } from '@/client/signedIn'

import * as api from './api'

/** Who is signed in here, and for which organisation they act. */
export const me = ref<api.Me | null>(null)

export const current = computed<api.Membership | null>(() => {
  const all = me.value?.memberships ?? []
  return all.find((each) => each.organisation === me.value?.current) ?? all[0] ?? null
})

/** What the person may do for the organisation they act for. */
export const may = (capability: string): boolean => current.value?.capabilities.includes(capability) ?? false

/** The rooms of a school offer, those of an enterprise need: which of the two this organisation is. */
export const offers = computed(() => ['college', 'secondary_school'].includes(current.value?.party_type ?? ''))

let asked = false

/** Ask once who is there; null for a visitor. */
export async function loadMe(): Promise<api.Me | null> {
  if (!asked) await lookAgain()
  return me.value
}

export async function lookAgain(): Promise<void> {
  try {
    me.value = await api.whoAmI()
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 401) throw error
    me.value = null
  }
  asked = true
  knowSignedIn(me.value !== null)
}

export async function leave(): Promise<void> {
  knowSignedIn(false)
  await api.signOut()
  me.value = null
}

export async function switchTo(organisation: number): Promise<void> {
  await api.actFor(organisation)
  await lookAgain()
}
