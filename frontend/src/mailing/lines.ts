export interface Line {
  words: string
  quoted: boolean
}

/** A notice's lines; `> ` marks somebody's own words. */
export const linesOf = (lines: string[]): Line[] => lines.filter(Boolean).map((each) => ({ words: each.replace(/^> /, ''), quoted: each.startsWith('> ') }))

/** The path of an address of our own; "" for any other, which a notice has no reason to hold. */
export function pathOf(url: string, origin: string): string {
  if (!url || !URL.canParse(url, origin)) return ''
  const found = new URL(url, origin)
  return found.origin === origin ? found.pathname + found.search : ''
}
