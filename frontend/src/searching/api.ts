import { http, type Schemas } from '@/client/http'
import { read } from '@/client/send'
import type { Posting } from '@/postings/api'

/** Words and filters of a search, by the names they have in the address of the page and of the API. */
export const FILTERS = ['kind', 'region', 'level', 'degree', 'major', 'occupation', 'industry', 'chain', 'field', 'organisation', 'fresh', 'near'] as const
export type Filter = (typeof FILTERS)[number]
export type Asked = Partial<Record<Filter | 'q' | 'km' | 'sort', string>>

export type Found = Omit<Schemas['Found'], 'steps'> & Posting
export type Answer = Omit<Schemas['FoundWithKindsFacetsLabelsNoteNote_CodeUnderstoodLeft_OutLoosenNearestPage'], 'results' | 'nearest'> & { results: Found[]; nearest: Found[] }
export type Term = Schemas['Term']
export type Proposal = Schemas['Proposal']
export type SavedSearch = Schemas['SavedSearch']

const as = <T>(value: unknown) => value as T

export const search = async (asked: Asked, page: number, size: number, signal?: AbortSignal) =>
  as<Answer>(await read(http.GET('/api/v1/search', { params: { query: { ...asked, page, page_size: size } as never }, signal })))

export const complete = async (q: string) =>
  (await read(http.GET('/api/v1/search/complete', { params: { query: { q, limit: 8 } } }))).results

const of = (id: number) => ({ params: { path: { search_id: id } } })

export const saved = () => read(http.GET('/api/v1/saved-searches', { params: { query: { page_size: 50 } as never } }))
export const keep = (name: string, q: string, filters: Record<string, string>) =>
  read(http.POST('/api/v1/saved-searches', { body: { name, q, filters } }))
export const drop = (id: number) => read(http.DELETE('/api/v1/saved-searches/{search_id}', of(id)))
export const see = (id: number) => read(http.POST('/api/v1/saved-searches/{search_id}/seen', of(id)))
export const news = async (id: number) =>
  as<{ count: number; results: Posting[]; search: SavedSearch }>(await read(http.GET('/api/v1/saved-searches/{search_id}', of(id))))
