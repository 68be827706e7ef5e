import { ref, watch } from 'vue'

/** How one reader wants to see it: kept in this browser, applied before the first paint by `early.js`. */
export interface Look {
  theme: 'auto' | 'light' | 'dark'
  size: 'normal' | 'large'
  language: Language
}

export type Language = 'zh-CN' | 'en'

const KEPT = 'rongqiao.look'
const DEFAULT: Look = { theme: 'auto', size: 'normal', language: 'zh-CN' }

export const look = ref<Look>(read())

const darkOutside = () => matchMedia('(prefers-color-scheme: dark)')

export function keepLook(): void {
  apply()
  watch(look, () => {
    localStorage.setItem(KEPT, JSON.stringify(look.value))
    apply()
  }, { deep: true })
  darkOutside().addEventListener('change', apply)
}

function apply(): void {
  const { theme, size, language } = look.value
  const root = document.documentElement
  root.classList.toggle('dark', theme === 'dark' || (theme === 'auto' && darkOutside().matches))
  root.classList.toggle('large', size === 'large')
  root.lang = language
}

function read(): Look {
  try {
    return { ...DEFAULT, ...JSON.parse(localStorage.getItem(KEPT) ?? '{}') }
  } catch {
    return DEFAULT
  }
}
