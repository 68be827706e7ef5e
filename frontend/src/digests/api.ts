import { http, type Schemas } from '@/client/http'
import { read } from '@/client/send'

export type Preference = Schemas['Preference']
export type Subject = Schemas['Subject']
export type Group = Schemas['Group']
export type Wish = Schemas['Wish']
export type Rhythm = NonNullable<Wish['rhythm']>
export type Sent = Schemas['Digest']

export interface Entry {
  title: string
  path: string
  note: string
}

/** A pairing as a digest tells of it. `word` is empty where the other side has asked: there is no bar then. */
export interface Suggestion extends Entry {
  reason: string
  word: string
  forward: number
  reverse: number
  mutual: number
  band: string
}

export interface Section {
  code: string
  heading: string
  suggestions: Suggestion[]
  entries: Entry[]
  more: string
}

/** What a letter says, in its own language. */
export interface Said {
  subject: string
  changes: string
  sections: Section[]
}

export type Preview = Omit<Schemas['LetterPreview'], keyof Said> & Said
export type WholeDigest = Omit<Schemas['WholeDigest'], keyof Said> & Said

const as = <T>(value: unknown) => value as T
const of = (kind: string) => ({ params: { path: { digest_kind: kind } } })

export const preferences = async () => (await read(http.GET('/api/v1/digests/preferences'))).results
export const wish = (kind: string, body: Wish) => read(http.PATCH('/api/v1/digests/preferences/{digest_kind}', { ...of(kind), body }))
export const preview = async (kind: string, body: Wish, signal?: AbortSignal) =>
  as<Preview>(await read(http.POST('/api/v1/digests/preview/{digest_kind}', { ...of(kind), body, signal })))

export const connect = (kind: string, body: Schemas['Connect']) => read(http.PUT('/api/v1/digests/groups/{digest_kind}', { ...of(kind), body }))
export const disconnect = (kind: string) => read(http.DELETE('/api/v1/digests/groups/{digest_kind}', of(kind)))

export const sent = (page: number, page_size: number) => read(http.GET('/api/v1/digests', { params: { query: { page, page_size } as never } }))
export const one = async (id: number) => as<WholeDigest>(await read(http.GET('/api/v1/digests/{digest_id}', { params: { path: { digest_id: id } } })))
