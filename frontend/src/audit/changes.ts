/** What changed, in one line: `field: before → after`, or a plain value; a private field only says that it changed. */
export function changesOf(changes: Record<string, unknown>): string {
  return Object.entries(changes).map(([field, value]) => `${field}: ${said(value)}`).join('; ')
}

function said(value: unknown): string {
  if (Array.isArray(value) && value.length === 2) return `${plain(value[0])} → ${plain(value[1])}`
  return plain(value)
}

function plain(value: unknown): string {
  if (value === null || value === undefined || value === '') return '—'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
