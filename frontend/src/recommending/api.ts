import { http, type Schemas } from '@/client/http'
import { read } from '@/client/send'
import type { Draft, Posting } from '@/postings/api'

/** One line of the bill: a feature's value and weight from both sides, and what it was worked out from. */
export interface Term {
  code: string
  known: boolean
  value: number
  weight: number
  reverse_value: number
  reverse_weight: number
  inputs: Record<string, number | null>
  matched: { code: string; offer?: string; relation?: string }[]
  missing: { code: string }[]
}

export interface WholeBill {
  terms: Term[]
  sums: { forward: number; reverse: number }
  scores: { forward: number; reverse: number; mutual: number }
  gates: { rule: string; passes: boolean }[]
  names: Record<string, { zh: string; en: string }>
  weights: string
  statistics: string
  day: string
}

/** A draft's pairing; a stored one also has a number and a place in the list. */
export type Previewed = Omit<Schemas['PreviewedPairing'], 'other'> & { other: Posting }
export type Pairing = Omit<Schemas['Pairing'], 'other'> & { other: Posting }
/** One in a list of all that an organisation posts: with which of its own it is. */
export type OwnPairing = Pairing & { own: { id: number; title: string; kind: string; kind_label: string; unit: number | null; unit_name: string } }
export type Bill = Omit<Schemas['Bill'], 'other' | 'bill'> & { other: Posting; bill: WholeBill }
export type Advice = Schemas['Advice']

const as = <T>(value: unknown) => value as T

export interface Wanted {
  kind?: string
  band?: string
  page?: number
  page_size?: number
}

export const pairings = async (posting: number, query: Wanted = {}) => {
  const path = { posting_id: posting }
  return as<{ count: number; note: string; results: Pairing[] }>(
    await read(http.GET('/api/v1/postings/{posting_id}/pairings', { params: { path, query: query as never } })),
  )
}

export interface Ours extends Wanted {
  side: string
  organisation?: number
  unit?: string
  other?: number
}

export const ours = async (query: Ours) =>
  as<{ count: number; results: OwnPairing[] }>(await read(http.GET('/api/v1/pairings', { params: { query: query as never } })))

export const bill = async (id: number) =>
  as<Bill>(await read(http.GET('/api/v1/pairings/{pairing_id}', { params: { path: { pairing_id: id } } })))

/** What is asked about a draft: without its contacts, which no score reads. */
export type Asked = Pick<Draft, 'kind' | 'title' | 'description' | 'region_code' | 'details'> & { organisation?: number }

export const preview = async (draft: Asked, signal: AbortSignal) =>
  as<{ results: Previewed[]; faults: { field: string }[]; note: string }>(
    await read(http.POST('/api/v1/match-preview', { body: draft as never, signal })),
  )

export const advice = (draft: Asked, signal: AbortSignal) => read(http.POST('/api/v1/match-advice', { body: draft as never, signal }))
