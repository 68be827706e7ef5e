import { http, type Schemas } from '@/client/http'
import { read } from '@/client/send'

/** What a list shows of a posting. */
export interface Brief {
  id: number
  kind: string
  kind_label: string
  title: string
  region: string
  organisation: number
  organisation_name: string
  status: string
  status_label: string
}

export interface Step {
  code: string
  label: string
  reason: boolean
}

export interface Passage {
  step: string
  label: string
  at: string
  side: string
  by: string
  state: string
  reason_words: string
  comment: string
  undone: boolean
}

/** An introduction as one's own side sees it. */
export type Introduction = Omit<Schemas['Introduction'], 'own' | 'other' | 'steps'> & { own: Brief; other: Brief; steps: Step[] }
export type OneIntroduction = Introduction & { passages: Passage[]; undo_until: string | null }
export type Words = Schemas['Vocabulary']
export type Contacts = Schemas['Contacts']
export type Secrets = Schemas['Secrets']
export type Message = Schemas['Message']
export type Record = Schemas['Record']
export type Checked = Schemas['Checked']
export type Terms = Schemas['Terms']

export interface Said {
  reason?: string
  comment?: string
  days?: number
  places?: number
}

const as = <T>(value: unknown) => value as T
const path = (id: number) => ({ path: { introduction_id: id } })

export const words = () => read(http.GET('/api/v1/introductions/vocabulary'))

export const inbox = async (query: { page: number; page_size: number; state?: string; waiting?: '1' }) =>
  as<{ count: number; results: Introduction[] }>(await read(http.GET('/api/v1/introductions', { params: { query: query as never } })))

export const one = async (id: number) => as<OneIntroduction>(await read(http.GET('/api/v1/introductions/{introduction_id}', { params: path(id) })))

export const answer = async (need: number, offer: number, said: string, organisation: number | undefined, more: Said = {}) => {
  const body = { need, offer, answer: said, ...(organisation && { organisation }), ...more }
  return as<OneIntroduction>(await read(http.POST('/api/v1/introductions', { body: body as never })))
}

export const step = async (id: number, code: string, said: Said = {}) => {
  const params = { path: { introduction_id: id, step: code } }
  return as<OneIntroduction>(await read(http.POST('/api/v1/introductions/{introduction_id}/steps/{step}', { params, body: said as never })))
}

export const undo = async (id: number) =>
  as<OneIntroduction>(await read(http.POST('/api/v1/introductions/{introduction_id}/undo', { params: path(id), body: {} as never })))

export const contacts = (id: number) => read(http.GET('/api/v1/introductions/{introduction_id}/contacts', { params: path(id) }))
export const secrets = (id: number) => read(http.GET('/api/v1/introductions/{introduction_id}/secrets', { params: path(id) }))
export const acceptNote = (id: number, version: string) =>
  read(http.POST('/api/v1/introductions/{introduction_id}/note', { params: path(id), body: { version } as never }))
export const unlock = (id: number, fields: string[]) =>
  read(http.POST('/api/v1/introductions/{introduction_id}/secrets', { params: path(id), body: { fields_to_open: fields } as never }))

export const messages = async (id: number, page: number) => {
  const params = { ...path(id), query: { page, page_size: 100 } as never }
  return as<{ count: number; results: Message[] }>(await read(http.GET('/api/v1/introductions/{introduction_id}/messages', { params })))
}

export const write = (id: number, text: string, attachments: string[]) =>
  read(http.POST('/api/v1/introductions/{introduction_id}/messages', { params: path(id), body: { text, attachments } as never }))

export const putTerms = (id: number, terms: object) =>
  read(http.PUT('/api/v1/introductions/{introduction_id}/terms', { params: path(id), body: terms as never }))

export const sign = (id: number, number: string, name: { signatory: string; position: string }) =>
  read(http.POST('/api/v1/introductions/{introduction_id}/sign', { params: path(id), body: { number, ...name } as never }))

export const record = (id: number) => read(http.GET('/api/v1/introductions/{introduction_id}/record', { params: path(id) }))
export const check = (number: string) => read(http.GET('/api/v1/records/{number}', { params: { path: { number } } }))
export const exportOf = (id: number) => `/api/v1/introductions/${id}/export?as=text`

/** How an organisation answered in the last 180 days. */
export const replies = (organisation: number) =>
  read(http.GET('/api/v1/organisations/{organisation_id}/responses', { params: { path: { organisation_id: organisation } } }))

/** Those who may act for a side. */
export const brokers = async () => (await read(http.GET('/api/v1/organisations', { params: { query: { party_type: 'broker', page_size: 100 } as never } }))).results
export const nameBroker = (id: number, broker: number, fee: string) =>
  read(http.PUT('/api/v1/introductions/{introduction_id}/broker', { params: path(id), body: { broker, fee } as never }))
export const endBroker = (id: number) => read(http.DELETE('/api/v1/introductions/{introduction_id}/broker', { params: path(id) }))
