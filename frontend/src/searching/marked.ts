export interface Piece {
  text: string
  marked: boolean
}

/** A text cut at its marks: [start, end) in characters as people count them, which are not always one unit of a string. */
export function piecesOf(text: string, marks: number[][]): Piece[] {
  const characters = Array.from(text)
  const pieces: Piece[] = []
  let at = 0
  const cut = (to: number, marked: boolean) => {
    if (to > at) pieces.push({ text: characters.slice(at, to).join(''), marked })
    at = Math.max(at, to)
  }
  for (const [start, end] of marks as [number, number][]) {
    cut(start, false)
    cut(end, true)
  }
  cut(characters.length, false)
  return pieces
}
