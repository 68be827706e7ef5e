import type { Filled } from './api'

export interface Piece {
  text: string
  mark: '' | 'read' | 'asked'
  label: string
}

/**
 * The text in pieces, those that a field was read from marked. Spans count characters as the server does (code points),
 * which JavaScript's own indices do not.
 */
export function pieces(text: string, fields: Filled[]): Piece[] {
  const characters = [...text]
  const marks: { mark: Piece['mark']; label: string }[] = characters.map(() => ({ mark: '', label: '' }))
  // A description spans all of it; marking everything marks nothing.
  for (const field of fields.filter((each) => each.field !== 'description')) {
    for (const span of field.spans) for (let at = span.start; at < span.end; at++) marks[at] = { mark: field.ask ? 'asked' : 'read', label: field.label }
  }
  const found: Piece[] = []
  characters.forEach((character, at) => {
    const last = found.at(-1)
    const { mark, label } = marks[at]!
    if (last && last.mark === mark && last.label === label) last.text += character
    else found.push({ text: character, mark, label })
  })
  return found
}
