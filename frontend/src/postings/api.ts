import { http, type Schemas } from '@/client/http'
import { read } from '@/client/send'

/** A step that its reader may take next. */
export interface Step {
  code: string
  label: string
}

/** To its owner a posting also shows whom to call and which steps may be taken. */
export type Posting = Omit<Schemas['Posting'], 'steps'> & {
  steps?: Step[]
  contact_name?: string
  contact_phone?: string
  contact_email?: string
}

/** The type of a field, as a form draws it (`FieldType.describe`). */
export interface FieldShape {
  type: 'text' | 'prose' | 'number' | 'date' | 'flag' | 'choice' | 'code' | 'many' | 'rows'
  longest?: number
  low?: number
  high?: number
  decimals?: boolean
  options?: { code: string; zh: string; en: string }[]
  system?: string
  of?: FieldShape
  most?: number
  columns?: (FieldShape & { name: string; zh: string; en: string })[]
}

export type Field = FieldShape & { name: string; label: string; required: boolean; private: boolean; unit: string; help: string }
export type Kind = Omit<Schemas['Kind'], 'fields'> & { fields: Field[] }

export interface Draft {
  kind: string
  title: string
  description: string
  region_code: string
  contact_name: string
  contact_phone: string
  contact_email: string
  /** Of a school: which of its units offers it. */
  unit?: number | null
  details: Record<string, unknown>
}

export interface Filters {
  kind?: string
  status?: string
  page?: number
  page_size?: number
}

const as = <T>(value: unknown) => value as T

export const kinds = async () => as<Kind[]>((await read(http.GET('/api/v1/kinds'))).results)

/** One's own postings in every state. */
export const mine = async (filters: Filters = {}) => {
  const query = { mine: '1', ...filters } as never
  return as<{ count: number; results: Posting[] }>(await read(http.GET('/api/v1/postings', { params: { query } })))
}

export const one = async (id: number) => as<Posting>(await read(http.GET('/api/v1/postings/{posting_id}', { params: { path: { posting_id: id } } })))

/** A draft of an organisation: of the one named, whatever this session acted for before it ended. */
export const create = async (draft: Draft, organisation: number) =>
  as<Posting>(await read(http.POST('/api/v1/postings', { body: { ...draft, organisation } as never })))

export const change = async (id: number, version: number, draft: Partial<Draft>) =>
  as<Posting>(await read(http.PATCH('/api/v1/postings/{posting_id}', { params: { path: { posting_id: id } }, body: { ...draft, version } as never })))

export const take = async (posting: Pick<Posting, 'id' | 'version'>, step: string) => {
  const path = { posting_id: posting.id, step }
  return as<Posting>(await read(http.POST('/api/v1/postings/{posting_id}/steps/{step}', { params: { path }, body: { version: posting.version } })))
}
