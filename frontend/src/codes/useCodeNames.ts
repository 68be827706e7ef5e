import { reactive } from 'vue'

import { look } from '@/identity/look'

import { type Code, oneCode } from './api'

const known = reactive(new Map<string, string>())
const asked = new Set<string>()

/** The name of a code, the code itself until it is known. Each is asked for once. */
export function useCodeNames() {
  function nameOf(system: string, code: string): string {
    const key = `${system} ${code}`
    if (!asked.has(key)) void ask(system, code, key)
    return known.get(key) ?? code
  }
  return { nameOf, remember }
}

export function remember(system: string, code: Code): void {
  const key = `${system} ${code.code}`
  asked.add(key)
  known.set(key, shownName(code))
}

export const shownName = (code: Code): string => (look.value.language === 'en' && code.english) || code.name

async function ask(system: string, code: string, key: string) {
  asked.add(key)
  try {
    remember(system, await oneCode(system, code))
  } catch {
    known.set(key, code)
  }
}
