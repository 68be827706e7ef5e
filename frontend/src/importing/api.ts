import { http, type Schemas } from '@/client/http'
import { read } from '@/client/send'

/** A column of the table: what it seems to be, how sure, its first values. */
export interface Column {
  column: string
  target: string | null
  asked: boolean
  samples: string[]
}

export interface Target {
  name: string
  label: string
  required: boolean
}

export type Batch = Schemas['Batch']
export type Proposed = Omit<Schemas['ProposedBatch'], 'columns' | 'targets'> & { columns: Column[]; targets: Target[] }
export type RowError = Schemas['RowError']

const of = (batch: number) => ({ params: { path: { batch_id: batch } } })

/** The same source again updates what it brought before. */
export async function upload(file: File, kind: string, organisation: number): Promise<Proposed> {
  const body = new FormData()
  body.set('file', file)
  body.set('kind', kind)
  body.set('organisation', String(organisation))
  body.set('source', file.name.slice(0, 40))
  return (await read(http.POST('/api/v1/imports', { body: body as never, bodySerializer: (given) => given as never }))) as unknown as Proposed
}

export type Doubtful = Batch['doubtful']

export const batches = (query: { page: number; page_size: number }) => read(http.GET('/api/v1/imports', { params: { query: query as never } }))
export const map = (batch: number, mapping: Record<string, string>, doubtful: Doubtful) =>
  read(http.PUT('/api/v1/imports/{batch_id}/mapping', { ...of(batch), body: { mapping, doubtful } }))
export const run = (batch: number) => read(http.POST('/api/v1/imports/{batch_id}/run', of(batch)))
export const cancel = (batch: number) => read(http.POST('/api/v1/imports/{batch_id}/cancel', of(batch)))
export const undo = (batch: number) => read(http.POST('/api/v1/imports/{batch_id}/undo', of(batch)))
export const look = async (batch: number) => (await read(http.GET('/api/v1/imports/{batch_id}', of(batch)))) as unknown as Proposed
export const errors = (batch: number) => read(http.GET('/api/v1/imports/{batch_id}/errors', of(batch)))

export const templateOf = (kind: string) => `/api/v1/imports/templates/${kind}.xlsx`
export const errorsFileOf = (batch: number) => `/api/v1/imports/${batch}/errors.xlsx`
