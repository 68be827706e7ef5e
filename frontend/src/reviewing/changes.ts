import type { Posting } from '@/postings/api'

const BASE = ['title', 'description', 'region'] as const

/** The fields in which two readings of a posting differ, by name; those of its kind begin with `details.`. */
export function changedFields(before: Posting, after: Posting): string[] {
  const base = BASE.filter((name) => before[name] !== after[name])
  const names = new Set([...Object.keys(before.details), ...Object.keys(after.details)])
  const details = [...names].filter((name) => JSON.stringify(before.details[name]) !== JSON.stringify(after.details[name]))
  return [...base, ...details.map((name) => `details.${name}`)]
}
