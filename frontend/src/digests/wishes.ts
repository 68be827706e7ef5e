import type { Preference, Rhythm, Wish } from './api'

/** Follows the rhythm of all; an empty value would look like nothing chosen. */
export const AS_ABOVE = 'as above'

/** What the form holds: a wish, with a rhythm or AS_ABOVE for each organisation or search. */
export interface Form {
  rhythm: Rhythm
  time: string
  weekday: number
  language: NonNullable<Wish['language']>
  most: string
  own: Record<string, Rhythm | typeof AS_ABOVE>
}

export function formOf(kept: Preference): Form {
  const own = kept.subjects.map((each) => [String(each.id), each.rhythm === kept.rhythm ? AS_ABOVE : (each.rhythm as Rhythm)])
  return {
    rhythm: kept.rhythm as Rhythm,
    time: kept.time,
    weekday: kept.weekday,
    language: kept.language as Form['language'],
    most: String(kept.most),
    own: Object.fromEntries(own),
  }
}

/** What the server is told; a number that is none goes as it was typed, and the server says what is wrong with it. */
export function wishOf(form: Form): Wish {
  const most = /^\d+$/.test(form.most.trim()) ? Number(form.most) : (form.most.trim() as unknown as number)
  return { rhythm: form.rhythm, time: form.time.trim(), weekday: form.weekday, language: form.language, most, own: ownOf(form) }
}

export const ownOf = (form: Form) => Object.fromEntries(Object.entries(form.own).filter(([, rhythm]) => rhythm !== AS_ABOVE)) as Record<string, Rhythm>

/** Every rhythm that is in use. */
export const rhythmsOf = (form: Form): Set<string> => new Set([form.rhythm, ...Object.values(ownOf(form))])
