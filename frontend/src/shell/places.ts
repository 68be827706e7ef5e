import { computed } from 'vue'

import { may } from '@/parties/session'

/** The places of the rail and of the phone's bar. */
export const places = computed(() => [
  { to: '/home', words: 'shell.home', glyph: 'M3 11 12 4l9 7v9h-6v-6H9v6H3z' },
  { to: '/search', words: 'searching.title', glyph: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.500 15.500 21 21' },
  ...(may('post')
    ? [
        { to: '/postings', words: 'shell.postings', glyph: 'M5 4h14v16H5zM8 9h8M8 13h8M8 17h5' },
        { to: '/publish', words: 'shell.publish', glyph: 'M12 5v14M5 12h14' },
      ]
    : []),
])
