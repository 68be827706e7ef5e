import { http, type Schemas } from '@/client/http'
import { read } from '@/client/send'

export type Entry = Schemas['AuditEntry']

/** What was done in an organisation's name or to its records, newest first. */
export const trail = (organisation: number, query: { page: number; page_size: number }) =>
  read(http.GET('/api/v1/organisations/{organisation_id}/audit', { params: { path: { organisation_id: organisation }, query: query as never } }))
