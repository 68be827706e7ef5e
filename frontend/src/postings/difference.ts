import { BASE, filledIn } from './useForm'
import type { Draft } from './api'

/** What changed between two states of a form, as an edit sends it: only the fields that differ, null for an emptied one. */
export function difference(before: Draft, after: Draft): Partial<Draft> | null {
  const [old, now] = [filledIn(before), filledIn(after)]
  const base = Object.fromEntries(BASE.filter((name) => old[name] !== now[name]).map((name) => [name, now[name]]))
  const names = new Set([...Object.keys(old.details), ...Object.keys(now.details)])
  const changed = [...names].filter((name) => JSON.stringify(old.details[name]) !== JSON.stringify(now.details[name]))
  const details = Object.fromEntries(changed.map((name) => [name, now.details[name] ?? null]))
  const moved = (old.unit ?? null) !== (now.unit ?? null)
  if (Object.keys(base).length === 0 && !moved && changed.length === 0) return null
  return { ...base, ...(moved && { unit: now.unit ?? null }), ...(changed.length > 0 && { details }) }
}
