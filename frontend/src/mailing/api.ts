import { http, type Schemas } from '@/client/http'
import { read } from '@/client/send'

export type Notice = Schemas['Notice']

export const notices = (query: { page: number; page_size: number; unread?: '1' }) => read(http.GET('/api/v1/notices', { params: { query: query as never } }))
export const readOne = (id: number) => read(http.POST('/api/v1/notices/{notice_id}/read', { params: { path: { notice_id: id } } }))
export const readAll = () => read(http.POST('/api/v1/notices/read'))
