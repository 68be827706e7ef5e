import { ref } from 'vue'

/** Whether a dialog asks the person to sign in again over the page they are on. */
export const askedToSignIn = ref(false)

let known = false
let waiting: (() => void)[] = []

export const wasSignedIn = (): boolean => known

export function knowSignedIn(yes: boolean): void {
  known = yes
}

/** Resolves when the person has signed in again. All requests that were refused meanwhile wait for the same dialog. */
export function signedInAgain(): Promise<void> {
  askedToSignIn.value = true
  return new Promise((resolve) => waiting.push(resolve))
}

export function goOn(): void {
  askedToSignIn.value = false
  const released = waiting
  waiting = []
  for (const resolve of released) resolve()
}
