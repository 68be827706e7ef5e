import { http, type Schemas } from '@/client/http'
import { read } from '@/client/send'
import type { Draft } from '@/postings/api'

export type Filled = Omit<Schemas['Filled'], 'value'> & { value: unknown }
export type Parsed = Omit<Schemas['Parsed'], 'draft' | 'fields'> & { fields: Filled[]; draft: Partial<Draft> & { kind: string } }

export const parse = async (text: string, kind = '') =>
  (await read(http.POST('/api/v1/parse', { body: { text, kind } }))) as unknown as Parsed
