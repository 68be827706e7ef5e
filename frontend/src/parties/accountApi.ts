import { http, type Schemas } from '@/client/http'
import { problemOf } from '@/client/problem'
import { read, send } from '@/client/send'

export type SignIn = Schemas['SignIn']

export const rename = (name: string) => read(http.PATCH('/api/v1/me', { body: { name } }))
export const signIns = async () => (await read(http.GET('/api/v1/me/sign-ins', { params: { query: { page_size: 8 } as never } }))).results
export const EXPORT = '/api/v1/me/export'

// Passwords and one-time codes are allauth's: its addresses have no place in the description of the API.
const OWN = '/api/auth/browser/v1'
const PASSWORD_AGAIN = new Set(['reauthenticate', 'mfa_reauthenticate'])

/** The password is asked for again: it was given too long ago for what is wanted. */
export class AskedAgain extends Error {}

interface Answer {
  data?: Record<string, unknown> & { flows?: { id: string }[] }
  meta?: Record<string, unknown>
}

async function ask(method: string, path: string, body?: object, fine: number[] = []): Promise<Answer> {
  const headers = body ? { 'Content-Type': 'application/json' } : undefined
  const answer = await send(new Request(new URL(OWN + path, location.origin), { method, headers, body: body && JSON.stringify(body) }))
  const said = (await answer.json()) as Answer
  if (answer.ok || fine.includes(answer.status)) return said
  if (answer.status === 401 && said.data?.flows?.some((flow) => PASSWORD_AGAIN.has(flow.id))) throw new AskedAgain()
  throw problemOf(answer.status, said)
}

export const changePassword = (current_password: string, new_password: string) => ask('POST', '/account/password/change', { current_password, new_password })
export const givePasswordAgain = (password: string) => ask('POST', '/auth/reauthenticate', { password })

/** What an authenticator needs: the secret, and the same as an address for a QR code. Null when codes are set up already. */
export async function newSecret(): Promise<{ secret: string; url: string } | null> {
  const { meta } = await ask('GET', '/account/authenticators/totp', undefined, [404])
  return meta?.secret ? { secret: String(meta.secret), url: String(meta.totp_url) } : null
}

export const confirmSecret = (code: string) => ask('POST', '/account/authenticators/totp', { code })
export const dropSecondFactor = () => ask('DELETE', '/account/authenticators/totp')

/** Codes that let one in without the authenticator, each once. They can be seen again until one has been told them. */
export async function recoveryCodes(fresh = false): Promise<string[]> {
  const { data } = await ask(fresh ? 'POST' : 'GET', '/account/authenticators/recovery-codes', fresh ? {} : undefined, [404])
  return (data?.unused_codes as string[] | undefined) ?? []
}
