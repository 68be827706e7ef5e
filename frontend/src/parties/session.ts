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

/** What they may do in any of their organisations: reviewing and operating go by the person, not by whom they act for. */
export const can = (capability: string): boolean => me.value?.memberships.some((each) => each.capabilities.includes(capability)) ?? false

/** The rooms of a school offer, those of an enterprise need: which of the two this organisation is. */
export const offers = computed(() => ['college', 'secondary_school'].includes(current.value?.party_type ?? ''))

/** Whether this person must sign in in two steps and has not: until then the server refuses everything else. */
export const secondFactorDue = ref(false)
const STRONG = ['review', 'audit', 'operate', 'watch']

let asked = false

/** Ask once who is there; null for a visitor. */
export async function loadMe(): Promise<api.Me | null> {
  if (!asked) await lookAgain()
  return me.value
}

export async function lookAgain(): Promise<void> {
  const acted = current.value?.organisation
  try {
    const found = await api.whoAmI()
    secondFactorDue.value = await lacksSecondFactor(found)
    me.value = { ...found, current: secondFactorDue.value ? found.current : await actingFor(found, acted) }
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 401) throw error
    me.value = null
  }
  asked = true
  knowSignedIn(me.value !== null)
}

/** Only some deployments ask for it, and only of those whose account would open much: the server says so when asked. */
async function lacksSecondFactor(found: api.Me): Promise<boolean> {
  if (!found.memberships.some((each) => each.capabilities.some((capability) => STRONG.includes(capability)))) return false
  try {
    await api.anything()
    return false
  } catch (error) {
    if (error instanceof Problem && error.faults.some((each) => each.code === 'second_factor_required')) return true
    throw error
  }
}

/** A new session knows of no choice among several organisations: the one acted for before is chosen again, or the first. */
async function actingFor(found: api.Me, before: number | undefined): Promise<number | null> {
  const own = found.memberships.map((each) => each.organisation)
  if (found.current !== null || found.consent_due || own.length === 0) return found.current
  const chosen = before !== undefined && own.includes(before) ? before : own[0]!
  return (await api.actFor(chosen)).organisation
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
