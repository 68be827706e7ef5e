import { http, type Schemas } from '@/client/http'
import { read } from '@/client/send'
import type { Posting } from '@/postings/api'

export type Case = Schemas['Case']
export type Outcome = Schemas['Outcome']
export type Reason = Schemas['Reason']
export type Queue = Schemas['Queue']
export type Application = Omit<Schemas['Application'], 'reasons'> & { reasons: string[] }
export type Organisation = Schemas['OwnOrganisation']

/** A file handed in as evidence; its bytes are read below /api/v1/files. */
export interface Evidence {
  uuid: string
  name: string
  media_type: string
  size: number
  pages: number | null
}

/** What a program noticed: the words, where they stand, and why they matter. */
export interface Remark {
  code: string
  field: string
  words: string
  why: string
}

/** An organisation or a posting that may be the same, and how much (0–100). */
export type Alike =
  | { organisation: number; name: string; uscc: string; verify_status: string; by: 'code' | 'name'; likeness: number }
  | { posting: number; title: string; organisation_name: string; status: string; likeness: number }

export type WholeCase = Omit<Schemas['WholeCase'], 'subject' | 'organisation_record' | 'evidence' | 'remarks' | 'alike'> & {
  subject: Posting | Application
  organisation_record: Organisation
  evidence: Evidence[]
  remarks: Remark[]
  alike: Alike[]
}

export interface Filters {
  occasion?: string
  state?: string
  page?: number
  page_size?: number
}

export const postingOf = (one: WholeCase): Posting | null => (one.subject_type === 'posting' ? (one.subject as Posting) : null)
export const applicationOf = (one: WholeCase): Application | null => (one.subject_type === 'application' ? (one.subject as Application) : null)

export const queue = (filters: Filters) => read(http.GET('/api/v1/reviews', { params: { query: filters as never } }))
export const summary = async () => (await read(http.GET('/api/v1/reviews/summary'))).results
export const reasons = async () => (await read(http.GET('/api/v1/reviews/reasons'))).results
export const one = async (id: number) => (await read(http.GET('/api/v1/reviews/{case_id}', { params: { path: { case_id: id } } }))) as unknown as WholeCase

export type Approval = Omit<Schemas['Approval'], 'status' | 'remark' | 'trust'> & Partial<Schemas['Approval']>

export const approve = (body: Approval) => read(http.POST('/api/v1/reviews/approve', { body: body as Schemas['Approval'] }))
export const decline = (body: Schemas['Decline']) => read(http.POST('/api/v1/reviews/decline', { body }))
export const undo = (id: number) => read(http.POST('/api/v1/reviews/{case_id}/undo', { params: { path: { case_id: id } } }))

/** Whether what an organisation publishes passes by itself. */
export const trust = (organisation: number, on: boolean) =>
  read(http.PUT('/api/v1/organisations/{organisation_id}/trust', { params: { path: { organisation_id: organisation } }, body: { on } }))
