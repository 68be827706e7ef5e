import { look } from '@/identity/look'

import { problemOf, silence } from './problem'
import { signedInAgain, wasSignedIn } from './signedIn'

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/**
 * `fetch` with the reader's language, the CSRF token, and patience: when the session has ended midway, the request waits
 * until the person has signed in again and is then sent once more, so that nothing typed is lost.
 */
export async function send(request: Request): Promise<Response> {
  const again = request.clone()
  const answer = await sendOnce(request)
  if (answer.status !== 401 || !wasSignedIn() || isSignIn(request)) return answer
  await signedInAgain()
  return sendOnce(again)
}

async function sendOnce(request: Request): Promise<Response> {
  const headers = new Headers(request.headers)
  headers.set('Accept-Language', look.value.language)
  if (WRITES.has(request.method)) headers.set('X-CSRFToken', cookie('csrftoken'))
  try {
    return await fetch(new Request(request, { headers }))
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw silence()
  }
}

const isSignIn = (request: Request) => new URL(request.url).pathname.startsWith('/api/auth/')

function cookie(name: string): string {
  const found = document.cookie.split('; ').find((each) => each.startsWith(`${name}=`))
  return found ? decodeURIComponent(found.slice(name.length + 1)) : ''
}

/** What an answer of the typed client holds; throws the Problem it tells of. */
export async function read<T>(asked: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await asked
  if (!response.ok) throw problemOf(response.status, error)
  return data as T
}
