import { computed } from 'vue'

import { can, may } from '@/parties/session'

/** The places of the rail and of the phone's bar. */
export const places = computed(() => [
  { to: '/home', words: 'shell.home', glyph: 'M3 11 12 4l9 7v9h-6v-6H9v6H3z' },
  ...(may('post')
    ? [
        { to: '/postings', words: 'shell.postings', glyph: 'M5 4h14v16H5zM8 9h8M8 13h8M8 17h5' },
        { to: '/publish', words: 'shell.publish', glyph: 'M12 5v14M5 12h14' },
      ]
    : []),
  ...(can('review') ? [{ to: '/reviews', words: 'reviewing.title', glyph: 'M9 4h6v3H9zM7 5.5H5V21h14V5.5h-2M8.5 14l2.5 2.5 4.5-5' }] : []),
  { to: '/notices', words: 'mailing.title', glyph: 'M4 6h16v12H4zM4 7l8 6 8-6' },
])
