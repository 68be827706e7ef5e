import { computed } from 'vue'

import { can, may } from '@/parties/session'

interface Place {
  to: string
  words: string
  glyph: string
  /** What a phone's bar, which has four places, shows first. */
  rank: number
}

const all = computed<Place[]>(() => [
  { to: '/home', words: 'shell.home', rank: 1, glyph: 'M3 11 12 4l9 7v9h-6v-6H9v6H3z' },
  { to: '/search', words: 'searching.title', rank: 4, glyph: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.500 15.500 21 21' },
  ...(may('post')
    ? [
        { to: '/postings', words: 'shell.postings', rank: 6, glyph: 'M5 4h14v16H5zM8 9h8M8 13h8M8 17h5' },
        { to: '/introductions', words: 'introductions.title', rank: 5, glyph: 'M4 12h6M14 12h6M10 8v8M14 8v8' },
        { to: '/publish', words: 'shell.publish', rank: 3, glyph: 'M12 5v14M5 12h14' },
      ]
    : []),
  ...(can('review') ? [{ to: '/reviews', words: 'reviewing.title', rank: 2, glyph: 'M9 4h6v3H9zM7 5.5H5V21h14V5.5h-2M8.5 14l2.5 2.5 4.5-5' }] : []),
])

/** What one is told; on a phone it stands at the top. */
export const notices: Place = { to: '/notices', words: 'mailing.title', rank: 7, glyph: 'M4 6h16v12H4zM4 7l8 6 8-6' }

/** The places of the rail. */
export const places = computed(() => [...all.value, notices])

/** The four of a phone's bar, in the order of the rail. */
export const atHand = computed(() => {
  const first = [...all.value].sort((one, other) => one.rank - other.rank).slice(0, 4)
  return all.value.filter((each) => first.includes(each))
})
