import { http, type Schemas } from '@/client/http'
import { problemOf } from '@/client/problem'
import { read, send } from '@/client/send'

export type Me = Schemas['Me']
export type Membership = Schemas['Membership']
export type OwnOrganisation = Schemas['OwnOrganisation']

export const whoAmI = () => read(http.GET('/api/v1/me'))
/** A small question that is answered whenever this session may do anything at all. */
export const anything = () => read(http.GET('/api/v1/notices', { params: { query: { page_size: 1 } as never } }))
export const actFor = (organisation: number) => read(http.PUT('/api/v1/me/organisation', { body: { organisation } }))
export const privacyNotice = () => read(http.GET('/api/v1/privacy'))
export const agree = (version: string) => read(http.POST('/api/v1/me/consents', { body: { version } }))
export const speak = (language: 'zh-hans' | 'en') => read(http.PATCH('/api/v1/me', { body: { language } }))

export const units = (organisation: number) =>
  read(http.GET('/api/v1/organisations/{organisation_id}/units', { params: { path: { organisation_id: organisation }, query: { page_size: 100 } as never } }))

export const register = (body: { name: string; party_type: OwnOrganisation['party_type']; region_code: string }) =>
  read(http.POST('/api/v1/organisations', { body: body as OwnOrganisation }))

// Signing in is allauth's: its addresses have no place in the description of the API.
const SIGN_IN = '/api/auth/browser/v1/auth'

export type SignedIn = 'in' | 'code'

interface Flows {
  flows?: { id: string; is_pending?: boolean }[]
}

/** 'in', or 'code' when a one-time code is asked for next. Throws a Problem. */
export const signIn = (email: string, password: string) => attempt('/login', { email, password })
export const giveCode = (code: string) => attempt('/2fa/authenticate', { code })
export const signUp = (email: string, password: string) => attempt('/signup', { email, password })

/** Always the same answer, whether the address has an account or not. */
export const askForNewPassword = (email: string) => ask('POST', '/password/request', { email })

/** 401 is how allauth says that nobody is signed in any more. */
export async function signOut(): Promise<void> {
  const answer = await ask('DELETE', '/session', {})
  if (!answer.ok && answer.status !== 401) throw problemOf(answer.status, await answer.json())
}

/** Brings the CSRF token to a browser that has none yet. */
export const meet = () => send(new Request(new URL('/api/auth/browser/v1/config', location.origin)))

async function attempt(path: string, body: object): Promise<SignedIn> {
  const answer = await ask('POST', path, body)
  if (answer.ok) return 'in'
  const said = await answer.json()
  const flows = ((said.data ?? {}) as Flows).flows ?? []
  if (answer.status === 401 && flows.some((flow) => flow.id === 'mfa_authenticate' && flow.is_pending)) return 'code'
  throw problemOf(answer.status, said)
}

function ask(method: string, path: string, body: object): Promise<Response> {
  const headers = { 'Content-Type': 'application/json' }
  return send(new Request(new URL(SIGN_IN + path, location.origin), { method, headers, body: JSON.stringify(body) }))
}
