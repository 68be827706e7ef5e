import { http, type Schemas } from '@/client/http'
import { read } from '@/client/send'

export type StoredFile = Schemas['StoredFile']

/** What is shown of a file. */
export interface FileFacts {
  uuid: string
  name: string
  media_type: string
  size: number
  pages?: number | null
}

/** What a purpose accepts; `accept` is for an input of type file. */
export type Purpose = Schemas['Purpose']

export const contentOf = (uuid: string, inline = false) => `/api/v1/files/${uuid}/content${inline ? '?inline=1' : ''}`
export const isPicture = (file: FileFacts) => file.media_type.startsWith('image/')

/** 340 KB, 2.1 MB. */
export function sizeOf(bytes: number): string {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} KB`
  return `${Math.round((bytes / 1024 / 1024) * 10) / 10} MB`
}

export const purposes = async () => (await read(http.GET('/api/v1/files/purposes'))).results

/** What may be handed in for a purpose, for a file input. */
export async function accepted(purpose: string): Promise<Purpose | undefined> {
  return (await purposes()).find((each) => each.code === purpose)
}

export async function upload(file: File, purpose: string, organisation: number): Promise<StoredFile> {
  const body = new FormData()
  body.set('file', file)
  body.set('purpose', purpose)
  body.set('organisation', String(organisation))
  return read(http.POST('/api/v1/files', { body: body as never, bodySerializer: (given) => given as never }))
}

export const one = (uuid: string) => read(http.GET('/api/v1/files/{file_id}', { params: { path: { file_id: uuid } } }))
export const remove = (uuid: string) => read(http.DELETE('/api/v1/files/{file_id}', { params: { path: { file_id: uuid } } }))
