import { http, type Schemas } from '@/client/http'
import { read } from '@/client/send'

export type Code = Schemas['Code']

// A field may take a major, a class or a group of them: all three stand in one table.
const TABLE: Record<string, string> = { major_or_class: 'major' }
const tableOf = (system: string) => TABLE[system] ?? system

export const findCodes = (system: string, q: string, limit = 20) =>
  read(http.GET('/api/v1/codes/{system}', { params: { path: { system: tableOf(system) }, query: { q, limit } as never } }))

export const oneCode = (system: string, code: string) =>
  read(http.GET('/api/v1/codes/{system}/{code}', { params: { path: { system: tableOf(system), code } } }))

/** What lies directly below a code. */
export const codesBelow = async (system: string, parent: string) =>
  (await read(http.GET('/api/v1/codes/{system}', { params: { path: { system: tableOf(system) }, query: { parent, limit: 100 } as never } }))).results
